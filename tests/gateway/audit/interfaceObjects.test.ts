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

describe("an interface object at a root that both subgraphs have", () => {
  const things = [
    { __typename: "T1", id: "1" },
    { __typename: "T2", id: "2" },
  ];
  const thing = ({ id }: { id: string }) => things.find((one) => one.id === id);
  const fails = () => {
    throw new Error("no");
  };
  const owner = {
    name: "owner",
    typeDefs: `
      interface I @key(fields: "id") { id: ID! }
      type T1 implements I @key(fields: "id") { id: ID! one: Int }
      type T2 implements I @key(fields: "id") { id: ID! two: Int bad: Int! }
      type Query { q: I @shareable all: [I!] @shareable }
    `,
    resolvers: {
      Query: { q: () => things[1], all: () => things },
      I: { __resolveReference: thing },
      T1: { __resolveReference: thing, one: () => 1 },
      T2: { __resolveReference: thing, two: () => 2, bad: fails },
    },
  };
  const object = {
    name: "object",
    typeDefs: `
      type I @key(fields: "id") @interfaceObject { id: ID! io: String more: I }
      type Query { q: I @shareable all: [I!] @shareable own: I own2: [I] }
    `,
    resolvers: {
      Query: { q: () => ({ id: "2" }), all: () => things, own: () => ({ id: "2" }), own2: () => things },
      I: {
        __resolveReference: known,
        io: ({ id }: { id: string }) => `io ${id}`,
        more: ({ id }: { id: string }) => ({ id }),
      },
    },
  };
  const third = {
    name: "third",
    typeDefs: `
      type T2 @key(fields: "id") { id: ID! three: Int }
      type Holder @key(fields: "id") { id: ID! }
      type Query { t2: T2 }
    `,
    resolvers: { Query: { t2: () => things[1] }, T2: { __resolveReference: known, three: () => 3 } },
  };

  for (const [shape, subgraphs] of [
    ["two subgraphs", [owner, object]],
    ["the other order", [object, owner]],
    ["a third that knows one of the types", [third, object, owner]],
  ] as const) {
    describe(`of ${shape}`, () => {
      const voices = voicesOver(subgraphs);

      it("answers the fields of one type", async () => {
        await voices.agree("{ q { ... on T2 { io } } }", { q: { io: "io 2" } });
        await voices.agree("{ q { ... on T1 { io } } all { ... on T2 { io } } }", {
          q: {},
          all: [{}, { io: "io 2" }],
        });
      });

      it("answers them of what only the subgraph has that knows no types", async () => {
        const query = "{ q { ... on T2 { io two } io } own { ... on T2 { io more { ... on T2 { two } } } } }";
        await voices.agree(query, { q: { io: "io 2", two: 2 }, own: { io: "io 2", more: { two: 2 } } });
        await voices.agree("{ own2 { ... on T1 { io } ... on T2 { id io more { ... on T1 { io } } } } }", {
          own2: [{ io: "io 1" }, { id: "2", io: "io 2", more: {} }],
        });
      });
    });
  }

  describe("whose type is told by what fails", () => {
    const voices = voicesOver([owner, object]);

    it("is null, with the error at the path of what failed", () =>
      voices.agree(
        "{ own { id ... on T2 { bad } } }",
        { own: null },
        { errorsAt: ["own.bad"], stockDiffers: "it answers as if the object were of no type" },
      ));
  });
});
