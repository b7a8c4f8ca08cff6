import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const trees = [
  { id: "t1", name: "Oak", story: "long", height: "21 m" },
  { id: "t2", name: "Elm", story: "longer", height: "30 m" },
];

function refused(): never {
  throw new Error("asked for what nobody wants");
}

describe("a root that could provide more than the client wants", () => {
  const voices = voicesOver([
    {
      name: "forest",
      typeDefs: `
        type Tree @key(fields: "id") { id: ID! name: String! @shareable story: String! @shareable height: String! }
      `,
      resolvers: {
        Tree: {
          __resolveReference: ({ id }: { id: string }) => trees.find((tree) => tree.id === id),
          name: refused,
          story: refused,
        },
      },
    },
    {
      name: "walks",
      typeDefs: `
        type Query {
          tree: Tree @provides(fields: "name story")
          trees: [Tree!]! @provides(fields: "name story")
        }
        type Tree @key(fields: "id") { id: ID! name: String! @external story: String! @external }
      `,
      resolvers: {
        Query: { tree: () => trees[0], trees: () => trees },
        Tree: { __resolveReference: refused, story: refused },
      },
    },
  ]);
  const oak = { id: "t1", name: "Oak" };

  it("is asked for the key alone", () => voices.agree(`{ tree { id } }`, { tree: { id: "t1" } }));
  it("is asked for one of the fields it provides", () => voices.agree(`{ tree { id name } }`, { tree: oak }));
  it("is asked for it under the client's own name", () =>
    voices.agree(`{ tree { id called: name } }`, { tree: { id: "t1", called: "Oak" } }));
  it("is asked for it in an inline fragment", () =>
    voices.agree(`{ tree { id ... on Tree { name } } }`, { tree: oak }));
  it("is asked for it in a named fragment", () =>
    voices.agree(`{ tree { id ...Called } } fragment Called on Tree { name }`, { tree: oak }));
  it("leaves to the owner what it does not provide, and nothing else", () =>
    voices.agree(`{ tree { id name height } }`, { tree: { ...oak, height: "21 m" } }));
  it("is asked no more for a list", () =>
    voices.agree(`{ trees { id name } }`, { trees: [oak, { id: "t2", name: "Elm" }] }));
  it("leaves to the owner what it does not provide of each in a list", () =>
    voices.agree(`{ trees { id name height } }`, {
      trees: [
        { ...oak, height: "21 m" },
        { id: "t2", name: "Elm", height: "30 m" },
      ],
    }));
  it("is not asked for what the client skips", () =>
    voices.agree(`{ tree { id ... on Tree @skip(if: true) { story } } }`, { tree: { id: "t1" } }));
  it("is not asked for what the client does not include", () =>
    voices.agree(`{ tree { id ... on Tree @include(if: false) { story } } }`, { tree: { id: "t1" } }));
  it("is asked for what each of several bare fragments wants", () =>
    voices.agree(`{ tree { id ... { name } ... { height } } }`, { tree: { ...oak, height: "21 m" } }));
});
