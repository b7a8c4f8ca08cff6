import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const known = (reference: object) => reference;

describe("an interface every subgraph has, behind root fields one subgraph has", () => {
  const types = `
    interface Thing { id: ID! }
    type Lamp implements Thing @key(fields: "id") { id: ID! }
    type Chair implements Thing @key(fields: "id") { id: ID! }
  `;
  const voices = voicesOver([
    {
      name: "finder",
      typeDefs: `type Query { lamp: Thing chair: Thing } ${types}`,
      resolvers: {
        Query: {
          lamp: () => ({ __typename: "Lamp", id: "l-1" }),
          chair: () => ({ __typename: "Chair", id: "c-1" }),
        },
        Lamp: { __resolveReference: known },
        Chair: { __resolveReference: known },
      },
    },
    {
      name: "mirror",
      typeDefs: types,
      resolvers: { Lamp: { __resolveReference: known }, Chair: { __resolveReference: known } },
    },
    {
      name: "stock",
      typeDefs: `
        interface Thing { id: ID! }
        type Lamp implements Thing @key(fields: "id") @shareable { id: ID! name: String! watts: Float! }
        type Chair implements Thing @key(fields: "id") { id: ID! name: String! }
      `,
      resolvers: {
        Lamp: { __resolveReference: ({ id }: { id: string }) => ({ id, name: "Desk lamp", watts: 10 }) },
        Chair: { __resolveReference: ({ id }: { id: string }) => ({ id, name: "Stool" }) },
      },
    },
  ]);

  it("leads to what only one type of it has", () =>
    voices.agree(`{ lamp { ... on Lamp { id name __typename watts } } }`, {
      lamp: { id: "l-1", name: "Desk lamp", __typename: "Lamp", watts: 10 },
    }));
});
