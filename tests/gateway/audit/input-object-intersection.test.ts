import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const sailors = [
  { id: "s1", name: "Ida" },
  { id: "s2", name: "Jon" },
];

describe("an input of which one subgraph knows more fields than the other", () => {
  const voices = voicesOver([
    {
      name: "port",
      typeDefs: `
        type Query { ashore(which: Which!): [Sailor!] }
        input Which { first: Int! }
        type Sailor @key(fields: "id") { id: ID! name: String! @shareable }
      `,
      resolvers: { Query: { ashore: () => sailors } },
    },
    {
      name: "ship",
      typeDefs: `
        type Query { aboard(which: Which!): [Sailor!] }
        input Which { after: Int first: Int! }
        type Sailor @key(fields: "id") { id: ID! name: String! @shareable }
      `,
      resolvers: {
        Query: {
          aboard: (_root: unknown, { which }: { which: object }) => ("after" in which ? [] : sailors),
        },
      },
    },
  ]);

  it("has the fields that all of them know", () =>
    voices.agree(`{ ashore(which: { first: 1 }) { id } }`, { ashore: [{ id: "s1" }, { id: "s2" }] }));
  it("has no field that only the other subgraph knows", () =>
    voices.reject(`{ ashore(which: { first: 1, after: 2 }) { id } }`, /"after" is not defined/));
  it("has no such field for the subgraph that knows it either", () =>
    voices.reject(`{ aboard(which: { first: 1, after: 2 }) { id } }`, /"after" is not defined/));
});
