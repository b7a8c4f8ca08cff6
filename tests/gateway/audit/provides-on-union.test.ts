import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const found = [
  { __typename: "Novel", id: "n1", title: "Emma" },
  { __typename: "Opera", id: "o1", title: "Aida" },
];
const byId = ({ id }: { id: string }) => found.find((work) => work.id === id);

describe("a field provided for one member of a union", () => {
  const voices = voicesOver([
    {
      name: "list",
      typeDefs: `
        type Query { works: [Work] @shareable }
        union Work = Novel | Opera
        type Novel @key(fields: "id") { id: ID! }
        type Opera @key(fields: "id") { id: ID! }
      `,
      resolvers: {
        Query: {
          works() {
            throw new Error("nothing is provided here");
          },
        },
        Novel: { __resolveReference: byId },
        Opera: { __resolveReference: byId },
      },
    },
    {
      name: "shop",
      typeDefs: `
        type Query { works: [Work] @shareable @provides(fields: "... on Novel { title }") }
        union Work = Novel | Opera
        type Novel @key(fields: "id") { id: ID! title: String @external }
        type Opera @key(fields: "id") { id: ID! }
      `,
      resolvers: {
        Query: { works: () => found },
        Novel: { __resolveReference: byId },
        Opera: { __resolveReference: byId },
      },
    },
    {
      name: "titles",
      typeDefs: `
        type Novel @key(fields: "id") { id: ID! title: String @shareable }
        type Opera @key(fields: "id") { id: ID! title: String @shareable }
      `,
      resolvers: {
        Novel: {
          __resolveReference() {
            throw new Error("the shop provides the titles of novels");
          },
        },
        Opera: { __resolveReference: byId },
      },
    },
  ]);

  it("is taken from where it is provided", () =>
    voices.agree(`{ works { ... on Novel { id title } ... on Opera { id } } }`, {
      works: [{ id: "n1", title: "Emma" }, { id: "o1" }],
    }));
  it("is asked of its owner for the other member only", () =>
    voices.agree(`{ works { ... on Novel { id title } ... on Opera { id title } } }`, {
      works: [
        { id: "n1", title: "Emma" },
        { id: "o1", title: "Aida" },
      ],
    }));
});
