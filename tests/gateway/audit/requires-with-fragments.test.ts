import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Reading {
  __typename: string;
  name: string;
}
interface Probe {
  id: string;
  reading?: Partial<Reading>;
}

const readings = new Map<string, Reading>([
  ["p1", Object.assign({ __typename: "Secret", name: "dark" }, { unit: "lx", hidden: "h" })],
  ["p2", Object.assign({ __typename: "Heat", name: "warm" }, { unit: "°C", degrees: "20" })],
]);

describe("a requirement with fragments, one of them on a type no client sees", () => {
  const types = (secret: string) => `
    interface Reading { name: String! }
    interface Measured implements Reading { name: String! unit: String! }
    type Secret implements Reading & Measured @shareable ${secret} { name: String! unit: String! hidden: String! }
    type Heat implements Reading & Measured @shareable { name: String! unit: String! degrees: String! }
  `;
  const voices = voicesOver([
    {
      name: "field",
      typeDefs: `
        type Query { outside: Probe }
        type Probe @key(fields: "id") { id: ID! reading: Reading }
        ${types("")}
      `,
      resolvers: {
        Query: { outside: () => ({ id: "p2" }) },
        Probe: {
          __resolveReference: ({ id }: Probe) => ({ id }),
          reading: ({ id }: Probe) => readings.get(id),
        },
      },
    },
    {
      name: "lab",
      typeDefs: `
        type Query { covered: Probe inside: Probe }
        type Probe @key(fields: "id") {
          id: ID! reading: Reading @external
          report: String! @requires(fields: """
            reading { name ... on Measured { unit ... on Secret { hidden } ... on Heat { degrees } } }
          """)
          title: String! @requires(fields: "reading { ... on Reading { name } }")
        }
        ${types("@inaccessible")}
      `,
      resolvers: {
        Query: { covered: () => ({ id: "p1" }), inside: () => ({ id: "p2" }) },
        Probe: {
          __resolveReference: (reference: Probe) => reference,
          report: ({ reading }: Probe) =>
            `report of ${Object.values(reading ?? {})
              .sort()
              .join(" ")}`,
          title: ({ reading }: Probe) => `title of ${reading?.name}`,
        },
      },
    },
  ]);

  it("leaves a client with null where the type is not for it, without an error", () =>
    voices.agree(`{ covered { id reading { __typename } } inside { id reading { __typename } } }`, {
      covered: { id: "p1", reading: null },
      inside: { id: "p2", reading: { __typename: "Heat" } },
    }));
  it("is met from where the fields are", () =>
    voices.agree(`{ outside { report } }`, { outside: { report: "report of 20 warm °C" } }));
  it("is met besides what the client wants of the same", () =>
    voices.agree(`{ outside { reading { __typename } report } }`, {
      outside: { reading: { __typename: "Heat" }, report: "report of 20 warm °C" },
    }));
  it("is met in the subgraph it started in", () =>
    voices.agree(`{ inside { reading { __typename } report } }`, {
      inside: { reading: { __typename: "Heat" }, report: "report of 20 warm °C" },
    }));
  it("is met with an object of the type no client sees", () =>
    voices.agree(`{ covered { reading { __typename } report } }`, {
      covered: { reading: null, report: "report of dark h lx" },
    }));
  it("is met through a fragment on the field's own type", () =>
    voices.agree(`{ inside { reading { __typename } title } }`, {
      inside: { reading: { __typename: "Heat" }, title: "title of warm" },
    }));
});
