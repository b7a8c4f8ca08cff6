import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const hands = [
  { __typename: "Glove", id: "g1", twin: "g2" },
  { __typename: "Glove", id: "g2", twin: "g1" },
];
const glove = (id: string) => hands.find((one) => one.id === id);

describe("an interface whose types narrow its field to themselves", () => {
  const voices = voicesOver([
    {
      name: "pairs",
      typeDefs: `
        type Query { wear: Wear }
        interface Wear { twin: Wear }
        type Glove implements Wear @key(fields: "id") {
          id: ID! twin: Glove @provides(fields: "size") size: Float @external
        }
      `,
      resolvers: {
        Query: { wear: () => hands[0] },
        Glove: {
          __resolveReference: ({ id }: { id: string }) => glove(id),
          twin: ({ twin }: { twin: string }) => ({ ...glove(twin), size: 7.5 }),
        },
      },
    },
    {
      name: "sizes",
      typeDefs: `type Glove @key(fields: "id") { id: ID! size: Float @shareable }`,
      resolvers: { Glove: { __resolveReference: ({ id }: { id: string }) => ({ id, size: 7.5 }) } },
    },
  ]);

  it("can be followed there and back", () =>
    voices.agree(`{ wear { twin { ... on Wear { twin { __typename } } } } }`, {
      wear: { twin: { twin: { __typename: "Glove" } } },
    }));
  it("is one answer, asked of the interface and of the type", () =>
    voices.agree(
      `{
        wear {
          __typename
          twin { __typename ... on Glove { id } twin { __typename ... on Glove { id } } }
          ... on Glove { __typename id size twin { id size } }
        }
      }`,
      {
        wear: {
          __typename: "Glove",
          id: "g1",
          size: 7.5,
          twin: { __typename: "Glove", id: "g2", size: 7.5, twin: { __typename: "Glove", id: "g1" } },
        },
      },
    ));
});
