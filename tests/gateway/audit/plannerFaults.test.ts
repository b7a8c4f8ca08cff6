import { GraphQLError, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { exposedBehind } from "#shared/errors/exposed.ts";
import { planOperation } from "../../../gateway/executor/operation/planOperation.ts";
import { selectOperation } from "../../../gateway/executor/operation/selectOperation.ts";
import { openPlanner } from "../../../gateway/executor/planning/planner.ts";
import { plain, testGraph } from "../support/testGraph.ts";

describe("two @requires of one field with different arguments", () => {
  const parcels = [
    { sku: "s1", title: "Lamp", cents: 7, grams: 2, shelf: { cents: 5 } },
    { sku: "s2", title: "Desk", cents: 20, grams: 3, shelf: { cents: 90 } },
  ];
  const money = (cents: number, currency: string) => (currency === "EUR" ? cents * 3 : cents);
  const graph = testGraph([
    {
      name: "shipping",
      typeDefs: `
        type Parcel @key(fields: "sku") {
          sku: String!
          grams: Int @external
          cents(currency: String!): Int @external
          shippingUsd: Int @requires(fields: "cents(currency: \\"USD\\") grams")
          shippingEur(rush: Boolean = false): Int @requires(fields: "cents(currency: \\"EUR\\") grams")
          shelf: Shelf @external
          isDearShelf: Boolean @requires(fields: "shelf { mean(currency: \\"USD\\") }")
          isDearShelfEur: Boolean @requires(fields: "shelf { mean(currency: \\"EUR\\") }")
          handled: Boolean
        }
        type Shelf @external { mean(currency: String!): Int }
      `,
      resolvers: {
        Parcel: {
          __resolveReference: (reference: object) => reference,
          shippingUsd: ({ cents, grams }: { cents: number; grams: number }) => cents * grams,
          shippingEur: ({ cents, grams }: { cents: number; grams: number }, { rush }: { rush: boolean }) =>
            cents * grams * (rush ? 2 : 1),
          isDearShelf: ({ shelf }: { shelf: { mean: number } }) => shelf.mean > 50,
          isDearShelfEur: ({ shelf }: { shelf: { mean: number } }) => shelf.mean > 10,
          handled: () => true,
        },
      },
    },
    {
      name: "stock",
      typeDefs: `
        type Query { parcels: [Parcel!]! }
        type Parcel @key(fields: "sku") { sku: String! title: String cents(currency: String!): Int grams: Int shelf: Shelf }
        type Shelf { mean(currency: String!): Int }
      `,
      resolvers: {
        Query: { parcels: () => parcels },
        Parcel: {
          __resolveReference: ({ sku }: { sku: string }) => parcels.find((parcel) => parcel.sku === sku),
          cents: ({ cents }: { cents: number }, { currency }: { currency: string }) => money(cents, currency),
        },
        Shelf: {
          mean: ({ cents }: { cents: number }, { currency }: { currency: string }) => money(cents, currency),
        },
      },
    },
  ]);

  it("honours each of them, and the client's own arguments as well", async () => {
    const query = `query ($rush: Boolean) {
      parcels { title shippingUsd shippingEur(rush: $rush) isDearShelf isDearShelfEur handled cents(currency: "EUR") }
    }`;
    expect(plain(await graph.run(query, { rush: true }))).toEqual({
      data: {
        parcels: [
          {
            title: "Lamp",
            shippingUsd: 14,
            shippingEur: 84,
            isDearShelf: false,
            isDearShelfEur: true,
            handled: true,
            cents: 21,
          },
          {
            title: "Desk",
            shippingUsd: 60,
            shippingEur: 360,
            isDearShelf: true,
            isDearShelfEur: true,
            handled: true,
            cents: 60,
          },
        ],
      },
    });
  });

  it("shows a client nothing of the fields the planner works with", async () => {
    const result = plain(await graph.run(`{ __type(name: "Parcel") { fields { name } } }`));
    expect(JSON.stringify(result)).not.toContain("_r");
  });
});

describe("an interface object no subgraph can tell the type of", () => {
  const graph = testGraph([
    {
      name: "one",
      typeDefs: `
        interface Node @key(fields: "id") { id: ID! }
        type Item @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
        type Query { first: Node item: Item! }
      `,
      resolvers: { Query: { first: () => ({ __typename: "Node", id: "n" }), item: () => ({ id: "i1" }) } },
    },
    {
      name: "two",
      typeDefs: `
        type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! extra: String }
        interface Item @key(fields: "id") { id: ID! }
        type Loaf implements Item @key(fields: "id") { id: ID! name: String! }
        type Query { second: Node }
      `,
      resolvers: {
        Query: { second: () => ({ id: "n" }) },
        Node: { extra: () => "more" },
        Item: { __resolveReference: ({ id }: { id: string }) => ({ __typename: "Loaf", id, name: "Rye" }) },
        Loaf: { __resolveReference: ({ id }: { id: string }) => ({ id, name: "Rye" }) },
      },
    },
  ]);

  it("answers an operation without a plan with an error and no data", async () => {
    const result = plain(await graph.run(`{ first { extra } }`));
    expect(result.data).toBeNull();
    expect(result.errors?.[0]?.extensions?.["code"]).toBe("OPERATION_NOT_PLANNED");
  });
});

describe("an operation on which the planner fails", () => {
  it("is refused with what it is, and the log learns why", async () => {
    const { supergraphSdl } = testGraph([{ name: "one", typeDefs: "type Query { a: Int }" }]);
    const planner = openPlanner(supergraphSdl, { evaluatedPlans: 10 });
    const broken = {
      ...planner,
      plan() {
        throw new Error("Root groups: should have no remaining groups unhandled");
      },
    };
    const operation = selectOperation(parse("{ a }"), null)!;
    let refusal: unknown;
    try {
      await planOperation(operation, broken, new Set());
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(GraphQLError);
    const exposed = exposedBehind(refusal);
    expect(exposed?.code).toBe("OPERATION_NOT_PLANNED");
    expect(exposed?.message).toContain("no remaining groups unhandled");
  });
});
