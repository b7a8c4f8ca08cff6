import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Thing {
  __typename: string;
  id: string;
}

const things: readonly Thing[] = [
  { __typename: "Member", id: "m1" },
  { __typename: "Letter", id: "l1" },
];
const thing = (_root: unknown, { id }: { id: string }) => things.find((one) => one.id === id);
// Tells the id of this type alone rightly, as a subgraph may to which the other's is external.
const thingWithIdOf = (type: string) => (_root: unknown, asked: { id: string }) => {
  const found = thing(_root, asked);
  return found?.__typename === type ? found : found && { ...found, id: "nobody's" };
};
const known = (reference: object) => reference;

describe("an interface whose id no subgraph has for all of its types", () => {
  const voices = voicesOver([
    {
      name: "club",
      typeDefs: `
        type Query { thing(id: ID!): Thing @shareable member(id: String!): Member }
        interface Thing { id: ID! }
        type Member implements Thing @key(fields: "id") { id: ID! name: String! }
        type Letter implements Thing @key(fields: "id") { id: ID! @external writer: Member! }
      `,
      resolvers: {
        Query: { thing: thingWithIdOf("Member"), member: thing },
        Member: { __resolveReference: known, name: ({ id }: Thing) => `${id} by name` },
        Letter: { __resolveReference: known, writer: () => things[0] },
      },
    },
    {
      name: "post",
      typeDefs: `
        type Query { thing(id: ID!): Thing @shareable letter(id: String!): Letter }
        interface Thing { id: ID! }
        type Member implements Thing @key(fields: "id") { id: ID! @external letters: [Letter!]! }
        type Letter implements Thing @key(fields: "id") { id: ID! text: String! }
      `,
      resolvers: {
        Query: { thing: thingWithIdOf("Letter"), letter: thing },
        Member: { __resolveReference: known, letters: () => [things[1]] },
        Letter: { __resolveReference: known, text: ({ id }: Thing) => `text of ${id}` },
      },
    },
  ]);

  it("cannot be asked for the id", () => voices.refuse(`{ thing(id: "m1") { id } }`));
  it("can be asked what it is", () =>
    voices.agree(`{ member: thing(id: "m1") { __typename } letter: thing(id: "l1") { __typename } }`, {
      member: { __typename: "Member" },
      letter: { __typename: "Letter" },
    }));
  it("can be asked for the id of each type, of the subgraph that has it", () =>
    voices.agree(
      `{
        member: thing(id: "m1") { ... on Member { id name } }
        letter: thing(id: "l1") { ... on Letter { id text } }
      }`,
      { member: { id: "m1", name: "m1 by name" }, letter: { id: "l1", text: "text of l1" } },
    ));
  it("has nothing of a type that it is not", () =>
    voices.agree(
      `{ member: thing(id: "m1") { ... on Letter { id } } letter: thing(id: "l1") { ... on Member { id } } }`,
      { member: {}, letter: {} },
    ));
  it("is what it is, where a type is asked for that it is not", () =>
    voices.agree(
      `{
        member: thing(id: "m1") { __typename ... on Letter { id } }
        letter: thing(id: "l1") { __typename ... on Member { id } }
      }`,
      { member: { __typename: "Member" }, letter: { __typename: "Letter" } },
    ));
  it("cannot be asked for the id beside what can be asked", () =>
    voices.refuse(
      `{
        member: thing(id: "m1") { id ... on Letter { id } }
        letter: thing(id: "l1") { __typename ... on Member { id } }
      }`,
    ));
  it("leaves a type's own root field alone", () =>
    voices.agree(`{ letter(id: "l1") { id } }`, { letter: { id: "l1" } }));
  it("leaves the other type's own root field alone", () =>
    voices.agree(`{ member(id: "m1") { id } }`, { member: { id: "m1" } }));
  it("leads from one type to the other by its key", () =>
    voices.agree(`{ letter(id: "l1") { id text writer { id } } }`, {
      letter: { id: "l1", text: "text of l1", writer: { id: "m1" } },
    }));
  it("leads back by the other key", () =>
    voices.agree(`{ member(id: "m1") { id name letters { id } } }`, {
      member: { id: "m1", name: "m1 by name", letters: [{ id: "l1" }] },
    }));
});
