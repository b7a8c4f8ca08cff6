import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const accounts = [
  { __typename: "Admin", id: "u1", name: "Ada", level: 3, email: "ada@x" },
  { __typename: "Guest", id: "u2", name: "Gus", until: "2030", email: "gus@x" },
];
const byId = ({ id }: { id: string }) => accounts.find((account) => account.id === id);
const known = (reference: object) => reference;

describe("an interface that another subgraph treats as one object", () => {
  const voices = voicesOver([
    {
      name: "accounts",
      typeDefs: `
        interface Account @key(fields: "id") { id: ID! name: String email: String }
        type Admin implements Account @key(fields: "id") { id: ID! name: String email: String level: Int }
        type Guest implements Account @key(fields: "id") { id: ID! name: String email: String until: String }
        type Query { accounts: [Account!]! admin: Admin }
      `,
      resolvers: {
        Query: { accounts: () => accounts, admin: () => accounts[0] },
        Account: { __resolveReference: byId },
        Admin: { __resolveReference: byId },
        Guest: { __resolveReference: byId },
      },
    },
    {
      name: "activity",
      typeDefs: `
        type Account @key(fields: "id") @interfaceObject {
          id: ID! email: String @external isActive: Boolean! handle: String @requires(fields: "email") friends: [Account!]
        }
        type Query { active: [Account!]! first: Account }
      `,
      resolvers: {
        Query: { active: () => [{ id: "u1" }, { id: "u2" }], first: () => ({ id: "u1" }) },
        Account: {
          __resolveReference: known,
          isActive: () => true,
          handle: ({ email }: { email: string }) => email?.split("@")[0],
          friends: ({ id }: { id: string }) => (id === "u1" ? [{ id: "u2" }] : []),
        },
      },
    },
  ]);

  it("adds its fields to one type of the interface", () =>
    voices.agree(`{ admin { id level isActive } }`, { admin: { id: "u1", level: 3, isActive: true } }));
  it("gets what it requires under aliases", () =>
    voices.agree(
      `{ all: accounts { email: handle id: name } }`,
      {
        all: [
          { email: "ada", id: "Ada" },
          { email: "gus", id: "Gus" },
        ],
      },
      { stockDiffers: "it takes the alias for the key" },
    ));
  it("leads on to others of its kind", () =>
    voices.agree(
      `{ admin { friends { __typename name friends { id } } } first { friends { isActive ... on Guest { until } } } }`,
      {
        admin: { friends: [{ __typename: "Guest", name: "Gus", friends: [] }] },
        first: { friends: [{ isActive: true, until: "2030" }] },
      },
    ));
});
