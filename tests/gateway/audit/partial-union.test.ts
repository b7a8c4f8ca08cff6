import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

describe("a union of which one subgraph has all and another only a part", () => {
  const voices = voicesOver([
    {
      name: "whole",
      typeDefs: `
        type Query { reply: Reply }
        type Reply @shareable { steps: [Step!]! greeting: String }
        union Step = Walk | Ride | Swim
        type Walk @shareable { id: ID! metres: String }
        type Ride { id: ID! line: String seats: String }
        type Swim { id: ID! lake: String }
      `,
      resolvers: {
        Query: {
          reply: () => ({
            greeting: "On your way",
            steps: [
              { __typename: "Walk", id: "w", metres: "300" },
              { __typename: "Ride", id: "r", line: "N7", seats: "two" },
              { __typename: "Swim", id: "s", lake: "Como" },
            ],
          }),
        },
      },
    },
    {
      name: "part",
      typeDefs: `
        type Reply @shareable { steps: [Step!]! greeting: String }
        union Step = Walk
        type Walk @shareable { id: ID! metres: String }
      `,
    },
  ]);

  it("keeps every member's fields where all of it is at hand", () =>
    voices.agree(
      `{
        reply {
          greeting
          steps { __typename ... on Walk { id metres } ... on Ride { id line seats } ... on Swim { id lake } }
        }
      }`,
      {
        reply: {
          greeting: "On your way",
          steps: [
            { __typename: "Walk", id: "w", metres: "300" },
            { __typename: "Ride", id: "r", line: "N7", seats: "two" },
            { __typename: "Swim", id: "s", lake: "Como" },
          ],
        },
      },
    ));
  it("keeps the fields of the members the other subgraph does not have", () =>
    voices.agree(`{ reply { steps { __typename ... on Ride { line } ... on Swim { lake } } } }`, {
      reply: {
        steps: [
          { __typename: "Walk" },
          { __typename: "Ride", line: "N7" },
          { __typename: "Swim", lake: "Como" },
        ],
      },
    }));
});
