import type { FetchNode } from "@apollo/query-planner";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { checkFetch } from "../../../gateway/executor/planning/checkFetch.ts";
import { externalFields } from "../../../gateway/executor/planning/externalFields.ts";
import { readPlannedGraph } from "../../../gateway/executor/planning/plannedGraph.ts";
import { composed } from "../support/testGraph.ts";
import { voicesOver } from "../support/voices.ts";

const users = {
  name: "users",
  typeDefs: `
    type Query { user: User users: [User!]! }
    type User @key(fields: "id") { id: ID! address: Address @shareable homes: [Address] @shareable }
    type Address @shareable { zip: String country: String geo: Geo }
    type Geo @shareable { lat: Int long: Int }
  `,
  resolvers: {
    Query: { user: () => ({ id: "1" }), users: () => [{ id: "1" }, { id: "2" }] },
    User: {
      __resolveReference: (known: object) => known,
      address: ({ id }: { id: string }) =>
        id === "1" ? { zip: "a", country: "CH", geo: { lat: 1, long: 2 } } : null,
      homes: () => [
        { zip: "a", country: "CH" },
        { zip: "b", country: "FR" },
      ],
    },
  },
};
const names = {
  name: "names",
  typeDefs: `type User @key(fields: "id") { id: ID! name: String @shareable }`,
};
interface Known {
  address?: { country?: string; geo?: { lat?: number } } | null;
  homes?: readonly { country?: string }[];
}
const taxes = {
  name: "taxes",
  typeDefs: `
    type Query {
      named: User
      providing: User @provides(fields: "name")
      inList: [User] @provides(fields: "name")
    }
    type User @key(fields: "id") {
      id: ID!
      nick: String
      name: String @external
      address: Address @shareable
      homes: [Address] @shareable
      tax: String @requires(fields: "address { country }")
      geoTax: String @requires(fields: "address { geo { lat } }")
      homeTax: String @requires(fields: "homes { country }")
    }
    type Address @shareable { zip: String country: String @external geo: Geo }
    type Geo @shareable { lat: Int @external long: Int }
  `,
  resolvers: {
    User: {
      __resolveReference: (known: object) => known,
      address: () => ({ zip: "a", geo: { long: 3 } }),
      homes: () => [{ zip: "a" }, { zip: "b" }],
      tax: ({ address }: Known) => (address === null ? "none" : `${address?.country}`),
      geoTax: ({ address }: Known) => (address === null ? "none" : `${address?.geo?.lat}`),
      homeTax: ({ homes = [] }: Known) => homes.map(({ country }) => country).join(),
    },
  },
};
const differs = {
  stockDiffers: "it asks the subgraph for what is external there",
  servedDiffers: "it asks the subgraph for what is external there",
};

describe("a requirement below a field that the subgraph shares", () => {
  const voices = voicesOver([users, taxes, names]);

  it("is fetched from who has it, and sent", () =>
    voices.agree(
      "{ user { tax } users { tax } }",
      { user: { tax: "CH" }, users: [{ tax: "CH" }, { tax: "none" }] },
      differs,
    ));

  it("is so at any depth, beside what the subgraph has itself", () =>
    voices.agree(
      "{ user { geoTax address { zip } } }",
      { user: { geoTax: "1", address: { zip: "a" } } },
      differs,
    ));

  it("is so in lists, item by item", () =>
    voices.agree("{ user { homeTax tax } }", { user: { homeTax: "CH,FR", tax: "CH" } }, differs));
});

describe("a plan that asks a subgraph for what is external there", () => {
  const document = parse(composed([users, taxes, names]));
  const { graph } = readPlannedGraph(document);
  const check = (operation: string) => () =>
    checkFetch(
      { kind: "Fetch", serviceName: "taxes", operation, operationKind: "query" } as unknown as FetchNode,
      { schema: graph.dataSchema, external: externalFields(document), graph: "TAXES" },
    );
  const entities = (set: string) => `query ($r: [_Any!]!) { _entities(representations: $r) { ${set} } }`;

  it("is refused, and says so", () => {
    expect(
      check(`${entities("... on User { address { ...A } }")} fragment A on Address { country }`),
    ).toThrow("The plan asks taxes for Address.country, which is @external there.");
    expect(check("{ named { nick name } }")).toThrow("asks taxes for User.name");
  });

  it("is none where it asks for a key, for what is provided, and for what is its own", () => {
    expect(check(entities("... on User { id tax address { zip geo { long } } }"))).not.toThrow();
    expect(
      check("{ named { id nick } providing { name } inList { __typename ... on User { name } } }"),
    ).not.toThrow();
  });
});
