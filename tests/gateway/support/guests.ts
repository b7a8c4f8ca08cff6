import type { TestSubgraph } from "./testGraph.ts";

interface Guest {
  id: string;
  name: string;
  nickname: string;
  badge: string;
}

const guest = (id: string): Guest => ({
  id,
  name: `${id} by name`,
  nickname: `${id} for short`,
  badge: `badge of ${id}`,
});

const seenAtDoor = ({ id }: Pick<Guest, "id">) => ({ id, badge: guest(id).badge });

/** What the gateway says of a guest's name unless it has provided it: the book was to be asked. */
const NOT_FOR_THE_DOOR_TO_SAY = "not for the gateway to say";

/** A guest book, and a gateway that adds to the book's guests with a type that begins so, before its fields. */
export function guestBookAndDoor({
  federation,
  doorGuest,
}: {
  federation: 1 | 2;
  doorGuest: string;
}): TestSubgraph[] {
  const header = federation === 1 ? "# federation 1" : "";
  // Federation 1 lets any two subgraphs answer the same field.
  const shareable = federation === 1 ? "" : "@shareable";
  return [
    {
      name: "gateway",
      typeDefs: `${header}
        type Query { guestAtDoor: Guest announcedGuest: Guest @provides(fields: "name") }
        ${doorGuest} { id: ID! @external badge: ID name: String! @external }
      `,
      resolvers: {
        Query: { guestAtDoor: () => seenAtDoor({ id: "g1" }), announcedGuest: () => guest("g1") },
        Guest: {
          __resolveReference: seenAtDoor,
          name: ({ name }: Partial<Guest>) => name ?? NOT_FOR_THE_DOOR_TO_SAY,
        },
      },
    },
    {
      name: "book",
      typeDefs: `${header}
        type Query { guest(id: ID): Guest }
        type Guest @key(fields: "id") { id: ID! name: String! ${shareable} nickname: String }
      `,
      resolvers: {
        Query: { guest: (_root: unknown, { id }: Guest) => guest(id) },
        Guest: { __resolveReference: ({ id }: Guest) => guest(id) },
      },
    },
  ];
}
