import { parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { testGraph } from "../support/testGraph.ts";
import { voicesOver } from "../support/voices.ts";

interface Cat {
  id: string;
}

const friendOf = ({ id }: Cat) => ({ id: id === "c1" ? "c2" : "c1" });
const cats = [{ id: "c1" }, { id: "c2" }];
const subgraphs = [
  {
    name: "ages",
    typeDefs: `type Query { aged: [Cat!]! } type Cat @key(fields: "id") { id: ID age: Int }`,
    resolvers: {
      Query: { aged: () => cats },
      Cat: { __resolveReference: ({ id }: Cat) => ({ id, age: 7 }) },
    },
  },
  {
    name: "bonds",
    typeDefs: `
      type Query { bonded: [Cat!]! }
      type Cat @key(fields: "id") { id: ID friends(bond: Bond = LITTER @inaccessible): [Cat!]! bond: Bond }
      enum Bond { LITTER @inaccessible STREET }
    `,
    resolvers: {
      Query: { bonded: () => cats },
      Cat: {
        __resolveReference: ({ id }: Cat) => ({ id }),
        friends: (cat: Cat, { bond }: { bond: string }) => (bond === "LITTER" ? [friendOf(cat)] : []),
        bond: () => "LITTER",
      },
    },
  },
];

describe("an argument and an enum's value that no client sees", () => {
  const voices = voicesOver(subgraphs);
  const bonded = [
    { id: "c1", friends: [{ id: "c2" }] },
    { id: "c2", friends: [{ id: "c1" }] },
  ];

  it("leave the argument's default to the subgraph, from another subgraph's root", () =>
    voices.agree(`{ aged { id friends { id } } }`, { aged: bonded }));
  it("leave the argument's default to the subgraph, from its own root", () =>
    voices.agree(`{ bonded { id friends { id } } }`, { bonded }));
  it("are nothing a client may send", () => {
    const { apiSchema } = testGraph(subgraphs).engine;
    const [fault] = validate(apiSchema, parse(`{ bonded { id friends(bond: STREET) { id } } }`));
    expect(fault?.message).toContain('Unknown argument "bond" on field "Cat.friends"');
  });
  it("are null where a subgraph answers with them", () =>
    voices.agree(`{ bonded { id friends { id bond } } }`, {
      bonded: [
        { id: "c1", friends: [{ id: "c2", bond: null }] },
        { id: "c2", friends: [{ id: "c1", bond: null }] },
      ],
    }));
});
