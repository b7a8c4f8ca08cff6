import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Ferry {
  id: string;
  name: string;
  decks: number;
}

const ferries: Ferry[] = [
  { id: "f1", name: "Aurora", decks: 4 },
  { id: "f2", name: "Borealis", decks: 7 },
];

describe("an interface object that requires a field of the interface", () => {
  const voices = voicesOver([
    {
      name: "fleet",
      typeDefs: `
        type Query { fleet: [Vessel!]! }
        interface Vessel @key(fields: "id") { id: ID! name: String }
        type Ferry implements Vessel @key(fields: "id") { id: ID! name: String decks: Int }
      `,
      resolvers: {
        Query: { fleet: () => ferries.map((ferry) => ({ __typename: "Ferry", ...ferry })) },
        Vessel: {
          __resolveReference: ({ id }: Ferry) => ({
            __typename: "Ferry",
            ...ferries.find((ferry) => ferry.id === id),
          }),
        },
        Ferry: { __resolveReference: ({ id }: Ferry) => ferries.find((ferry) => ferry.id === id) },
      },
    },
    {
      name: "radio",
      typeDefs: `
        type Query { heard: [Vessel] }
        type Vessel @key(fields: "id") @interfaceObject {
          id: ID! name: String @external callSign: String @requires(fields: "name")
        }
      `,
      resolvers: {
        Query: { heard: () => ferries.map(({ id }) => ({ id })) },
        Vessel: {
          __resolveReference: (reference: Partial<Ferry>) => reference,
          callSign({ id, name }: Partial<Ferry>) {
            if (!name) throw new Error(`${id} has no name to call`);
            return `${name}-${id}`;
          },
        },
      },
    },
  ]);
  const named = [
    { id: "f1", name: "Aurora", callSign: "Aurora-f1" },
    { id: "f2", name: "Borealis", callSign: "Borealis-f2" },
  ];
  const whole = named.map((ferry, at) => ({ decks: at ? 7 : 4, ...ferry }));

  it("learns the names of what it heard before it calls them", () =>
    voices.agree(`{ heard { id name callSign } }`, { heard: named }));
  it("calls the fleet by the names the fleet gives", () =>
    voices.agree(`{ fleet { id name callSign } }`, { fleet: named }));
  it("finds out that what it heard are ferries", () =>
    voices.agree(`{ heard { ... on Ferry { decks } } }`, { heard: [{ decks: 4 }, { decks: 7 }] }));
  it("counts the decks of the fleet without asking the radio", () =>
    voices.agree(`{ fleet { ... on Ferry { decks } } }`, { fleet: [{ decks: 4 }, { decks: 7 }] }));
  it("tells of what it heard both as vessels and as ferries", () =>
    voices.agree(`{ heard { ... on Ferry { decks id name callSign } id name } }`, { heard: whole }));
  it("tells of the fleet both as vessels and as ferries", () =>
    voices.agree(`{ fleet { ... on Ferry { decks id name callSign } id name } }`, { fleet: whole }));
  it("tells the same of the fleet when asked once more", async () => {
    await voices.agree(`{ fleet { ... on Ferry { decks id name callSign } id name } }`, { fleet: whole });
    await voices.agree(`{ fleet { ... on Ferry { decks id name callSign } id name } }`, { fleet: whole });
  });
});
