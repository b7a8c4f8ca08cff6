import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Stay {
  __typename?: string;
  id: string;
}
interface Guest {
  id: string;
  name?: string;
  stay?: Stay;
}

const guests: Required<Guest>[] = [
  { id: "g1", name: "Ann", stay: { __typename: "Tent", id: "s1" } },
  { id: "g2", name: "Bo", stay: { __typename: "Cabin", id: "s2" } },
];
const towns = new Map([
  ["s1", { town: "Arles", land: "France" }],
  ["s2", { town: "Bergen", land: "Norway" }],
]);
const byId = ({ id }: Guest) => guests.find((guest) => guest.id === id);
const stayById = ({ id }: Stay) => ({ id, town: towns.get(id)?.town });

describe("a requirement that reaches into an interface", () => {
  const stays = `
    interface Stay { id: ID! }
    type Tent implements Stay @key(fields: "id") { id: ID! town: String @shareable }
    type Cabin implements Stay @key(fields: "id") { id: ID! town: String @shareable }
  `;
  const voices = voicesOver([
    {
      name: "maps",
      typeDefs: `
        type Query { arriving: Guest }
        ${stays}
        type Guest @key(fields: "id") {
          id: ID! name: String! @shareable stay: Stay @external
          town: String @requires(fields: "stay { id }")
          land: String @requires(fields: "stay { ... on Cabin { id } }")
        }
      `,
      resolvers: {
        Query: { arriving: () => ({ id: "g1", name: "Ann" }) },
        Guest: {
          __resolveReference: ({ id, stay }: Guest) => ({ id, name: byId({ id })?.name, stay }),
          town: ({ stay }: Guest) => towns.get(stay?.id ?? "")?.town,
          land: ({ stay }: Guest) => towns.get(stay?.id ?? "")?.land,
        },
        Tent: { __resolveReference: stayById },
        Cabin: { __resolveReference: stayById },
      },
    },
    {
      name: "bookings",
      typeDefs: `
        type Query { leaving: Guest }
        ${stays}
        type Guest @key(fields: "id") { id: ID! name: String! @shareable stay: Stay }
      `,
      resolvers: {
        Query: { leaving: () => guests[1] },
        Guest: { __resolveReference: byId },
        Tent: { __resolveReference: stayById },
        Cabin: { __resolveReference: stayById },
      },
    },
  ]);

  it("is brought from the other subgraph", () =>
    voices.agree(`{ arriving { town } }`, { arriving: { town: "Arles" } }));
  it("is brought along to the other subgraph", () =>
    voices.agree(`{ leaving { town } }`, { leaving: { town: "Bergen" } }));
  it("is met with nothing where the object is of another type", () =>
    voices.agree(`{ arriving { land } }`, { arriving: { land: null } }));
  it("does not keep a client from the interface in the other subgraph", () =>
    voices.agree(`{ arriving { stay { __typename id } } }`, {
      arriving: { stay: { __typename: "Tent", id: "s1" } },
    }));
  it("does not keep a client from the interface where it is", () =>
    voices.agree(`{ leaving { stay { __typename id } } }`, {
      leaving: { stay: { __typename: "Cabin", id: "s2" } },
    }));
});
