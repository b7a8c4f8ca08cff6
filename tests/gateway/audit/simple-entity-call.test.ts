import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const people = [{ id: "p1", phone: "555-1", motto: "onwards" }];

describe("an entity two subgraphs know by different keys", () => {
  const voices = voicesOver([
    {
      name: "phones",
      typeDefs: `type Query { person: Person } type Person @key(fields: "id") { id: ID! phone: String! }`,
      resolvers: {
        Query: { person: () => ({ id: "p1", phone: "555-1" }) },
        Person: { __resolveReference: ({ id }: { id: string }) => people.find((person) => person.id === id) },
      },
    },
    {
      name: "mottos",
      typeDefs: `type Person @key(fields: "phone") { phone: String! @external motto: String! }`,
      resolvers: {
        Person: {
          __resolveReference: ({ phone }: { phone: string }) =>
            people.find((person) => person.phone === phone),
        },
      },
    },
  ]);

  it("is asked of the second by a key the client never asked for", () =>
    voices.agree(`{ person { id motto } }`, { person: { id: "p1", motto: "onwards" } }));
});
