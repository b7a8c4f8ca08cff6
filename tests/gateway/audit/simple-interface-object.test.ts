import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Key {
  id: string;
}

const ferries = [
  { __typename: "Ferry", id: "f1", name: "Aurora", decks: 4 },
  { __typename: "Ferry", id: "f2", name: "Borealis", decks: 7 },
];
const keepers = [
  { __typename: "Head", id: "k1", name: "Ann", isChief: true, isAwake: true },
  { __typename: "Head", id: "k2", name: "Bo", isChief: true, isAwake: true },
  { __typename: "Helper", id: "k3", name: "Cy", isChief: false, isAwake: false },
];
const ferryById = ({ id }: Key) => ferries.find((ferry) => ferry.id === id);
const keeperById = ({ id }: Key) => keepers.find((keeper) => keeper.id === id);

describe("an interface that other subgraphs treat as one object", () => {
  const voices = voicesOver([
    {
      name: "port",
      typeDefs: `
        type Query { fleet: [Vessel!]! }
        interface Vessel @key(fields: "id") { id: ID! name: String }
        type Ferry implements Vessel @key(fields: "id") { id: ID! name: String decks: Int }
        interface Keeper @key(fields: "id") { id: ID! }
        type Head implements Keeper @key(fields: "id") { id: ID! isChief: Boolean! isAwake: Boolean! @shareable }
        type Helper implements Keeper @key(fields: "id") { id: ID! isChief: Boolean! }
      `,
      resolvers: {
        Query: { fleet: () => ferries },
        Vessel: { __resolveReference: ferryById },
        Ferry: { __resolveReference: ferryById },
        Keeper: { __resolveReference: keeperById },
        Head: { __resolveReference: keeperById },
        Helper: { __resolveReference: keeperById },
      },
    },
    {
      name: "radio",
      typeDefs: `
        type Query { heard: [Vessel] keepers: [Keeper] @shareable }
        type Vessel @key(fields: "id") @interfaceObject { id: ID! callSign: String }
        type Keeper @key(fields: "id") @interfaceObject { id: ID! name: String! }
      `,
      resolvers: {
        Query: {
          heard: () => ferries.map(({ id }) => ({ id })),
          keepers: () => keepers.map(({ id, name }) => ({ id, name })),
        },
        Vessel: { __resolveReference: ({ id }: Key) => ({ id }), callSign: ({ id }: Key) => `call ${id}` },
        Keeper: { __resolveReference: ({ id }: Key) => ({ id, name: keeperById({ id })?.name }) },
      },
    },
    {
      name: "night watch",
      typeDefs: `
        type Keeper @key(fields: "id") @interfaceObject { id: ID! isAwake: Boolean! @shareable }
      `,
      resolvers: { Keeper: { __resolveReference: ({ id }: Key) => ({ id }), isAwake: () => false } },
    },
  ]);
  const named = [
    { id: "f1", name: "Aurora", callSign: "call f1" },
    { id: "f2", name: "Borealis", callSign: "call f2" },
  ];
  const whole = named.map((ferry, at) => ({ ...ferry, decks: at ? 7 : 4 }));
  const everything = `... on Ferry { decks id name callSign } id name`;

  it("is asked of its owner for what the object does not have", () =>
    voices.agree(`{ heard { id name callSign } }`, { heard: named }));
  it("is asked of the object for what the interface does not have", () =>
    voices.agree(`{ fleet { id name callSign } }`, { fleet: named }));
  it("is asked of its owner where a fragment depends on the type", () =>
    voices.agree(`{ heard { ... on Ferry { decks } } }`, { heard: [{ decks: 4 }, { decks: 7 }] }));
  it("is asked of nobody else where its owner has everything", () =>
    voices.agree(`{ fleet { ... on Ferry { decks } } }`, { fleet: [{ decks: 4 }, { decks: 7 }] }));
  it("is asked of both, from the object, in and out of a fragment", () =>
    voices.agree(`{ heard { ${everything} } }`, { heard: whole }));
  it("is asked of both, from its owner, in and out of a fragment", () =>
    voices.agree(`{ fleet { ${everything} } }`, { fleet: whole }));
  it("is asked of both the same way when asked once more", async () => {
    await voices.agree(`{ fleet { ${everything} } }`, { fleet: whole });
    await voices.agree(`{ fleet { ${everything} } }`, { fleet: whole });
  });
  it("is asked of the object alone where that has everything", () =>
    voices.agree(`{ keepers { name } }`, { keepers: [{ name: "Ann" }, { name: "Bo" }, { name: "Cy" }] }));
  it("is asked for its type before the object is asked for what one type wants", () =>
    voices.agree(`{ keepers { ... on Head { name } } }`, { keepers: [{ name: "Ann" }, { name: "Bo" }, {}] }));
  it("is asked for its type where the client wants it", () =>
    voices.agree(`{ keepers { name __typename } }`, {
      keepers: [
        { name: "Ann", __typename: "Head" },
        { name: "Bo", __typename: "Head" },
        { name: "Cy", __typename: "Helper" },
      ],
    }));
  it("is asked for its type where the client wants it of one type", () =>
    voices.agree(`{ keepers { ... on Head { __typename } } }`, {
      keepers: [{ __typename: "Head" }, { __typename: "Head" }, {}],
    }));
  it("is joined with what another object says of all types", () =>
    voices.agree(`{ keepers { id isAwake } }`, {
      keepers: [
        { id: "k1", isAwake: false },
        { id: "k2", isAwake: false },
        { id: "k3", isAwake: false },
      ],
    }));
  it("is joined with what the owner says of one type", () =>
    voices.agree(`{ keepers { id ... on Head { isAwake } } }`, {
      keepers: [{ id: "k1", isAwake: true }, { id: "k2", isAwake: true }, { id: "k3" }],
    }));
});
