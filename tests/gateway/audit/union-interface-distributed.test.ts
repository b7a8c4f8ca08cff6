import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Tool {
  __typename: string;
  id: string;
  years?: number;
}

const tools: Tool[] = [
  { __typename: "Anvil", id: "anvil1" },
  { __typename: "Anvil", id: "anvil2" },
  { __typename: "Drill", id: "drill1", years: 3 },
  { __typename: "Drill", id: "drill2", years: 4 },
];
const drills = tools.filter((tool) => tool.years);
const byId = ({ id }: { id: string }) => tools.find((tool) => tool.id === id);

describe("a union whose members have different interfaces in different subgraphs", () => {
  const interfaces = `interface Thing { id: ID! } interface Guaranteed { years: Int }`;
  const voices = voicesOver([
    {
      name: "workshop",
      typeDefs: `
        type Query { tools: [Tool] thing(id: ID!): Thing things: [Thing] drills: [Drill] }
        union Tool = Anvil | Drill
        ${interfaces}
        type Anvil @key(fields: "id") { id: ID! }
        type Drill implements Thing & Guaranteed @key(fields: "id") { id: ID! years: Int }
      `,
      resolvers: {
        Query: {
          tools: () => tools,
          thing: (_root: unknown, key: { id: string }) => byId(key),
          things: () => drills,
          drills: () => drills,
        },
        Anvil: { __resolveReference: byId },
        Drill: { __resolveReference: byId },
      },
    },
    {
      name: "guarantees",
      typeDefs: `
        ${interfaces}
        type Anvil implements Thing & Guaranteed @key(fields: "id") { id: ID! years: Int }
      `,
      resolvers: { Anvil: { __resolveReference: ({ id }: Tool) => ({ id, years: 1 }) } },
    },
  ]);
  const ids = [{ id: "drill1" }, { id: "drill2" }];
  const years = [{ years: 3 }, { years: 4 }];

  it("is read through an interface only one of its members has there", () =>
    voices.agree(`{ tools { ... on Thing { id } } }`, { tools: tools.map(({ id }) => ({ id })) }));
  it("is read by the types the subgraph counts to the interface", () =>
    voices.agree(`{ things { ... on Drill { years } ... on Anvil { id } } }`, { things: years }));
  it("is read by the interface's own field", () => voices.agree(`{ things { id } }`, { things: ids }));
  it("is read by a fragment on the interface itself", () =>
    voices.agree(`{ things { ... on Thing { id } } }`, { things: ids }));
  it("is read by a fragment on another interface", () =>
    voices.agree(`{ things { ... on Thing { ... on Guaranteed { years } } } }`, { things: years }));
  it("is read by fragments in fragments that say the same again", () =>
    voices.agree(`{ things { ... on Thing { id ... on Thing { id ... on Guaranteed { years } } } } }`, {
      things: [
        { id: "drill1", years: 3 },
        { id: "drill2", years: 4 },
      ],
    }));
  it("is read by named fragments on a type and on its interface", () =>
    voices.agree(
      `{ drills { ...OfDrill ...OfThing } } fragment OfDrill on Drill { id } fragment OfThing on Thing { id __typename }`,
      { drills: ids.map((drill) => ({ ...drill, __typename: "Drill" })) },
    ));
  it("is null with an error where the subgraph's object is none of the interface there", () =>
    voices.agree(
      `{ thing(id: "anvil1") { ... on Anvil { years } } }`,
      { thing: null },
      { errorsAt: ["thing"] },
    ));
  it("is null with an error there also for a client that wants another type", () =>
    voices.agree(
      `{ thing(id: "anvil1") { ... on Drill { years } } }`,
      { thing: null },
      { errorsAt: ["thing"] },
    ));
  it("is read where the object is one of the interface there", () =>
    voices.agree(`{ thing(id: "drill1") { ... on Drill { years } } }`, { thing: { years: 3 } }));
});
