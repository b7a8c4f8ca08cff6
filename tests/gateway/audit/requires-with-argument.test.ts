import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Note {
  id: string;
  talk: string;
  speaker: string;
  text: string;
}

const wares = [
  { code: "c1", name: "Rope", cents: 11, grams: 1 },
  { code: "c2", name: "Tarp", cents: 22, grams: 2 },
];
const notes: Note[] = [
  { id: "n1", talk: "t1", speaker: "s2", text: "first" },
  { id: "n2", talk: "t1", speaker: "s2", text: "second" },
  { id: "n3", talk: "t1", speaker: "s2", text: "buy now" },
  { id: "n4", talk: "t2", speaker: "s1", text: "fourth" },
  { id: "n5", talk: "t2", speaker: "s1", text: "fifth" },
  { id: "n6", talk: "t2", speaker: "s1", text: "sixth" },
  { id: "n7", talk: "t2", speaker: "s1", text: "buy now" },
];
const notesOf = ({ id }: { id: string }, { limit }: { limit: number }) =>
  notes.filter(({ talk }) => talk === id).slice(0, limit);

interface TalkReference {
  id: string;
  notes?: { speaker: string }[];
}
interface NoteReference {
  id: string;
  sameElsewhere?: { notes: { id: string }[] }[];
}
interface WareReference {
  code: string;
  cents: number;
  grams: number;
}

describe("a requirement with arguments", () => {
  const voices = voicesOver([
    {
      name: "freight",
      typeDefs: `
        type Ware @key(fields: "code") {
          code: String! grams: Int @external cents(currency: String!): Int @external
          freight: Int @requires(fields: "cents(currency: \\"USD\\") grams")
          shelf: Shelf @external
          isDearShelf: Boolean @requires(fields: "shelf { mean(currency: \\"USD\\") }")
        }
        type Shelf @external { mean(currency: String!): Int }
      `,
      resolvers: {
        Ware: {
          __resolveReference: (reference: WareReference) => reference,
          freight: ({ cents, grams }: WareReference) => cents * grams * 10,
          isDearShelf: () => null,
        },
      },
    },
    {
      name: "wares",
      typeDefs: `
        type Query { wares: [Ware] }
        type Ware @key(fields: "code") {
          code: String! name: String cents(currency: String!): Int grams: Int shelf: Shelf
        }
        type Shelf { mean(currency: String!): Int }
      `,
      resolvers: {
        Query: { wares: () => wares },
        Ware: { __resolveReference: ({ code }: WareReference) => wares.find((ware) => ware.code === code) },
      },
    },
    {
      name: "programme",
      typeDefs: `
        type Query { talks: [Talk] }
        type Talk @key(fields: "id") { id: ID! notes(limit: Int!): [Note] @external }
        type Note @key(fields: "id") {
          id: ID! speaker: ID text: String! sameElsewhere: [Talk] @external
          isAdvert: Boolean @requires(fields: "sameElsewhere { notes(limit: 50) { id } }")
        }
      `,
      resolvers: {
        Query: { talks: () => [{ id: "t1" }, { id: "t2" }] },
        Talk: { __resolveReference: (reference: TalkReference) => reference, notes: notesOf },
        Note: {
          __resolveReference: ({ id, sameElsewhere }: NoteReference) => ({
            ...notes.find((note) => note.id === id),
            sameElsewhere,
          }),
          isAdvert: ({ sameElsewhere = [] }: NoteReference) =>
            sameElsewhere.length > 0 && sameElsewhere.every((talk) => talk.notes.every((note) => note.id)),
        },
      },
    },
    {
      name: "minutes",
      typeDefs: `
        type Talk @key(fields: "id") {
          id: ID! speaker: Speaker @requires(fields: "notes(limit: 3) { speaker }") notes(limit: Int!): [Note]
        }
        type Note @key(fields: "id") { id: ID! date: String speaker: ID @external sameElsewhere: [Talk] }
        type Speaker { id: ID! name: String }
      `,
      resolvers: {
        Talk: {
          __resolveReference: ({ id, notes: given }: TalkReference) => ({ id, given }),
          speaker({ given }: { given?: { speaker: string }[] }) {
            if (given && given.length !== 3) throw new Error("three notes are required");
            return given ? { id: given[2]?.speaker } : null;
          },
          notes: (talk: { id: string }, asked: { limit: number }) =>
            notesOf(talk, asked).map(({ id }) => ({ id })),
        },
        Note: {
          __resolveReference: ({ id }: NoteReference) => ({ id }),
          sameElsewhere({ id }: NoteReference) {
            const note = notes.find((one) => one.id === id);
            const same = notes.filter(({ text, talk }) => text === note?.text && talk !== note.talk);
            return same.map(({ talk }) => ({ id: talk }));
          },
        },
      },
    },
  ]);
  const first = {
    talks: [
      { speaker: { id: "s2" }, notes: [{ id: "n1" }] },
      { speaker: { id: "s1" }, notes: [{ id: "n4" }] },
    ],
  };
  const stockDiffers = "it answers the client's field with the requirement's arguments";

  it("is met with the arguments it names", () =>
    voices.agree(`{ wares { code name freight } }`, {
      wares: [
        { code: "c1", name: "Rope", freight: 110 },
        { code: "c2", name: "Tarp", freight: 440 },
      ],
    }));
  it("is met where the subgraph knows the list and another what is in it", () =>
    voices.agree(`{ talks { speaker { id } } }`, {
      talks: [{ speaker: { id: "s2" } }, { speaker: { id: "s1" } }],
    }));
  it("is met besides the client's own arguments", () =>
    voices.agree(`{ talks { speaker { id } notes(limit: 1) { id } } }`, first, { stockDiffers }));
  it("is met below the client's own arguments", () =>
    voices.agree(
      `{ talks { notes(limit: 3) { isAdvert } } }`,
      {
        talks: [
          { notes: [{ isAdvert: false }, { isAdvert: false }, { isAdvert: true }] },
          { notes: [{ isAdvert: false }, { isAdvert: false }, { isAdvert: false }] },
        ],
      },
      { stockDiffers },
    ));
  it("is met besides a variable the client has a default for", () =>
    voices.agree(`query ($limit: Int = 1) { talks { speaker { id } notes(limit: $limit) { id } } }`, first, {
      stockDiffers,
    }));
  it("is met besides two fragments with the same variable", () =>
    voices.agree(
      `query ($limit: Int = 1) { talks { speaker { id } ...One ...Other } }
       fragment One on Talk { notes(limit: $limit) { id } }
       fragment Other on Talk { notes(limit: $limit) { id } }`,
      first,
      { stockDiffers },
    ));
});
