import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Player {
  id: string;
  name?: string;
}

const names = new Map([
  ["p1", "Ann"],
  ["p2", "Bo"],
  ["p3", "Cy"],
]);
const known = (reference: Player) => reference;
const greeting =
  (word: string) =>
  ({ id, name }: Player) => {
    if (!name) throw new Error(`${id} is greeted without a name`);
    return `${word}, ${name}`;
  };

describe("a field taken over from a subgraph that requires it itself", () => {
  const voices = voicesOver([
    {
      name: "home",
      typeDefs: `
        type Query { atHome: Player }
        type Player @key(fields: "id") { id: ID! name: String! @external hello: String! @requires(fields: "name") }
      `,
      resolvers: {
        Query: { atHome: () => ({ id: "p1" }) },
        Player: { __resolveReference: known, hello: greeting("Hello") },
      },
    },
    {
      name: "registry",
      typeDefs: `
        type Query { registered: Player }
        type Player @key(fields: "id") { id: ID! name: String! @override(from: "away") }
      `,
      resolvers: {
        Query: { registered: () => ({ id: "p2" }) },
        Player: { __resolveReference: known, name: ({ id }: Player) => names.get(id) },
      },
    },
    {
      name: "away",
      typeDefs: `
        type Query { away: Player }
        type Player @key(fields: "id") { id: ID! name: String! @external goodbye: String! @requires(fields: "name") }
      `,
      resolvers: {
        Query: { away: () => ({ id: "p3" }) },
        Player: { __resolveReference: known, goodbye: greeting("Goodbye") },
      },
    },
  ]);
  const player = (id: string, name: string) => ({
    id,
    name,
    hello: `Hello, ${name}`,
    goodbye: `Goodbye, ${name}`,
  });

  it("is the same for everybody, wherever a player was found", () =>
    voices.agree(
      `{
        atHome { id name hello goodbye }
        registered { id name hello goodbye }
        away { id name hello goodbye }
      }`,
      { atHome: player("p1", "Ann"), registered: player("p2", "Bo"), away: player("p3", "Cy") },
    ));
  it("comes back to the subgraph it was taken from", () =>
    voices.agree(`{ away { goodbye } }`, { away: { goodbye: "Goodbye, Cy" } }));
  it("comes to it by way of its new owner from a third", () =>
    voices.agree(`{ atHome { goodbye } }`, { atHome: { goodbye: "Goodbye, Ann" } }));
  it("comes back to a subgraph that never had it", () =>
    voices.agree(`{ atHome { hello } }`, { atHome: { hello: "Hello, Ann" } }));
});
