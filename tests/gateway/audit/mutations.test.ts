import { describe, expect, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Loaf {
  id: string;
  name?: string;
  grams?: number;
}

/** How many voices ask each question. */
const VOICES = 4;

describe("changes, in a bakery of three subgraphs", () => {
  const loaves = new Map<string, Loaf>();
  const kinds: { id: string; name: string }[] = [];
  const doughs = new Map<string, number>();
  const baked = ({ loaf: { name, grams } }: { loaf: { name: string; grams: number } }) => {
    const loaf = { id: `baked-${name}`, name, grams };
    loaves.set(loaf.id, loaf);
    return loaf;
  };
  const once = (id: string) => {
    const loaf = loaves.get(id);
    loaves.delete(id);
    return loaf;
  };
  const addKind = (_root: unknown, { name }: { name: string }) => {
    kinds.push({ id: `kind-${name}`, name });
    return kinds.at(-1);
  };
  const kindOf = ({ id }: { id: string }) => kinds.find((kind) => kind.id === id);
  const changed = (dough: string, change: (grams: number) => number) => {
    const grams = change(doughs.get(dough) ?? 0);
    doughs.set(dough, grams);
    return grams;
  };
  const voices = voicesOver([
    {
      name: "oven",
      typeDefs: `
        type Query { loaf(id: ID!): Loaf! loaves: [Loaf!]! }
        type Mutation {
          bake(loaf: LoafInput!): Loaf!
          addKind(name: String!): Kind! @shareable
          times(by: Int!, dough: String!): Int!
        }
        input LoafInput { name: String! grams: Float! }
        type Loaf @key(fields: "id") { id: ID! name: String! grams: Float! }
        type Kind @key(fields: "id") { id: ID! }
      `,
      resolvers: {
        Query: {
          loaf(_root: unknown, { id }: { id: string }) {
            loaves.set(id, { id, name: "Rye", grams: 90 });
            return loaves.get(id);
          },
          loaves: () => [...loaves.values()],
        },
        Mutation: {
          bake: (_root: unknown, asked: { loaf: { name: string; grams: number } }) => baked(asked),
          addKind,
          times: (_root: unknown, { by, dough }: { by: number; dough: string }) =>
            changed(dough, (grams) => grams * by),
        },
        Loaf: { __resolveReference: ({ id }: Loaf) => once(id) },
        Kind: { __resolveReference: kindOf },
      },
    },
    {
      name: "counter",
      typeDefs: `
        type Mutation { throwAway(dough: String!): Int! addKind(name: String!): Kind! @shareable }
        type Loaf @key(fields: "id") {
          id: ID! grams: Float! @external isHeavy: Boolean! @requires(fields: "grams") isForSale: Boolean!
        }
        type Kind @key(fields: "id") { id: ID! name: String! }
      `,
      resolvers: {
        Mutation: {
          addKind,
          throwAway(_root: unknown, { dough }: { dough: string }) {
            const grams = doughs.get(dough);
            doughs.delete(dough);
            return grams;
          },
        },
        Loaf: {
          __resolveReference({ id, grams }: Loaf) {
            const loaf = once(id);
            return loaf && { id, grams, isForSale: loaf.grams !== undefined };
          },
          isHeavy({ grams }: Loaf) {
            if (grams === undefined) throw new Error("nobody weighed it");
            return grams > 500;
          },
        },
        Kind: { __resolveReference: kindOf },
      },
    },
    {
      name: "kneading",
      typeDefs: `type Mutation { add(grams: Int!, dough: String!): Int! }`,
      resolvers: {
        Mutation: {
          add: (_root: unknown, { grams, dough }: { grams: number; dough: string }) =>
            changed(dough, (before) => before + grams),
        },
      },
    },
  ]);

  it("show what they made, joined with what another subgraph makes of it, asked once", () =>
    voices.agree(`mutation { bake(loaf: { name: "new", grams: 599.5 }) { name grams isHeavy isForSale } }`, {
      bake: { name: "new", grams: 599.5, isHeavy: true, isForSale: true },
    }));
  it("leave a query to ask in the same way", () =>
    voices.agree(`{ loaf(id: "l1") { id name grams isHeavy isForSale } }`, {
      loaf: { id: "l1", name: "Rye", grams: 90, isHeavy: false, isForSale: true },
    }));
  it("are made in the client's order, whichever subgraphs make them", async () => {
    await voices.agree(
      `mutation {
        five: add(grams: 5, dough: "sour")
        ten: times(by: 2, dough: "sour")
        twelve: add(grams: 2, dough: "sour")
        gone: throwAway(dough: "sour")
      }`,
      { five: 5, ten: 10, twelve: 12, gone: 12 },
    );
    expect(doughs.size).toBe(0);
  });
  it("are made by one of the subgraphs that could, and once", async () => {
    await voices.agree(`mutation { addKind(name: "Spelt") { id name } }`, {
      addKind: { id: "kind-Spelt", name: "Spelt" },
    });
    expect(kinds).toHaveLength(VOICES);
  });
});
