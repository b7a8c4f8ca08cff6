import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const cook = { __typename: "Cook", id: "c1", name: "Carla" };
const oven = { __typename: "Oven", id: "o1", picture: "o1.png" };

describe("a type that is an entity in one subgraph and none in the other", () => {
  const voices = voicesOver([
    {
      name: "kitchen",
      typeDefs: `type Query { cooks: [Cook!]! } type Cook { id: ID @shareable }`,
      resolvers: { Query: { cooks: () => [{ id: "c1" }] } },
    },
    {
      name: "staff",
      typeDefs: `
        type Query { hands: [Hand!]! }
        union Hand = Cook | Oven
        type Cook @key(fields: "id") { id: ID! @shareable name: String }
        type Oven { id: ID picture: String }
      `,
      resolvers: { Query: { hands: () => [cook, oven] }, Cook: { __resolveReference: () => cook } },
    },
  ]);

  it("is found by the key from where it is none, and beside a type whose field of that name may be null", () =>
    voices.agree(`{ cooks { id name } hands { ... on Cook { id name } ... on Oven { id picture } } }`, {
      cooks: [{ id: "c1", name: "Carla" }],
      hands: [
        { id: "c1", name: "Carla" },
        { id: "o1", picture: "o1.png" },
      ],
    }));
});
