import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Key {
  id: string;
}

const chief = ({ id }: Key) => ({ __typename: "Chief", id, isHead: true });

describe("the name of a type", () => {
  const voices = voicesOver([
    {
      name: "kitchen",
      typeDefs: `
        type Query { dish: Dish order: Order }
        union Dish = Soup | Stew
        interface Order { id: ID! }
        type Soup implements Order { id: ID! }
        type Stew implements Order { id: ID! }
        interface Cook @key(fields: "id") { id: ID! }
        type Chief implements Cook @key(fields: "id") { id: ID! isHead: Boolean! }
      `,
      resolvers: {
        Query: {
          dish: () => ({ __typename: "Soup", id: "1" }),
          order: () => ({ __typename: "Stew", id: "2" }),
        },
        Cook: { __resolveReference: chief },
        Chief: { __resolveReference: chief },
      },
    },
    {
      name: "rota",
      typeDefs: `
        type Query { cooks: [Cook] }
        type Cook @key(fields: "id") @interfaceObject { id: ID! name: String! }
      `,
      resolvers: {
        Query: { cooks: () => [{ id: "c1" }, { id: "c2" }] },
        Cook: { __resolveReference: (reference: Key) => reference, name: ({ id }: Key) => `cook ${id}` },
      },
    },
  ]);
  const ofEither = `... on Soup { called: __typename } ... on Stew { called: __typename }`;

  it("is told of a union, also under another name", () =>
    voices.agree(`{ dish { __typename called: __typename } }`, {
      dish: { __typename: "Soup", called: "Soup" },
    }));
  it("is told of an interface, under as many names as the client likes", () =>
    voices.agree(`{ order { id __typename called: __typename t: __typename } }`, {
      order: { id: "2", __typename: "Stew", called: "Stew", t: "Stew" },
    }));
  it("is told of a union in fragments of its members", () =>
    voices.agree(`{ dish { __typename ${ofEither} } }`, { dish: { __typename: "Soup", called: "Soup" } }));
  it("is told of an interface in fragments of its types", () =>
    voices.agree(`{ order { __typename ${ofEither} } }`, { order: { __typename: "Stew", called: "Stew" } }));
  it("is not asked for where an interface object can answer without", () =>
    voices.agree(`{ cooks { id } }`, { cooks: [{ id: "c1" }, { id: "c2" }] }));
  it("is asked of those who know where an interface object does not", () =>
    voices.agree(`{ cooks { __typename } }`, { cooks: [{ __typename: "Chief" }, { __typename: "Chief" }] }));
});
