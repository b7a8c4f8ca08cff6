import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const items = [
  { __typename: "Book", id: "b1", title: "Dune", pages: 400 },
  { __typename: "Film", id: "f1", title: "Alien", minutes: 117 },
  { __typename: "Song", id: "s1", title: "Blue", seconds: 200 },
];
const byId = ({ id }: { id: string }) => items.find((item) => item.id === id);
const known = (reference: object) => reference;

describe("types behind interfaces and unions", () => {
  const voices = voicesOver([
    {
      name: "library",
      typeDefs: `
        interface Item { id: ID! title: String }
        type Book implements Item @key(fields: "id") { id: ID! title: String @shareable pages: Int }
        type Film implements Item @key(fields: "id") { id: ID! title: String @shareable minutes: Int }
        type Song implements Item @key(fields: "id") { id: ID! title: String @shareable seconds: Int }
        union Found = Book | Film
        type Query { items: [Item!]! found: [Found] shelf: Shelf @shareable book: Book }
        type Shelf @shareable { first: Found }
      `,
      resolvers: {
        Query: {
          items: () => items,
          found: () => [items[0], items[1], null],
          shelf: () => ({ first: items[0] }),
          book: () => items[0],
        },
        Book: { __resolveReference: byId },
        Film: { __resolveReference: byId },
        Song: { __resolveReference: byId },
      },
    },
    {
      name: "ratings",
      typeDefs: `
        interface Rated { stars: Int }
        type Book implements Rated @key(fields: "id") { id: ID! stars: Int similar: [Rated!] }
        type Film implements Rated @key(fields: "id") { id: ID! stars: Int }
        type Query { rated: [Rated!] }
      `,
      resolvers: {
        Query: {
          rated: () => [
            { __typename: "Film", id: "f1" },
            { __typename: "Book", id: "b1" },
          ],
        },
        Book: {
          __resolveReference: known,
          stars: () => 5,
          similar: () => [{ __typename: "Film", id: "f1" }],
        },
        Film: { __resolveReference: known, stars: () => 4 },
      },
    },
    {
      name: "music",
      typeDefs: `
        union Found = Song
        type Song @key(fields: "id") { id: ID! title: String @shareable }
        type Query { songs: [Found] }
      `,
      resolvers: { Query: { songs: () => [items[2]] }, Song: { __resolveReference: byId } },
    },
  ]);

  it("are told apart", () =>
    voices.agree(
      `{ items { __typename title ... on Book { pages } ... on Film { minutes } ... on Song { seconds } } }`,
      {
        items: [
          { __typename: "Book", title: "Dune", pages: 400 },
          { __typename: "Film", title: "Alien", minutes: 117 },
          { __typename: "Song", title: "Blue", seconds: 200 },
        ],
      },
    ));
  it("are joined with what other subgraphs know of some of them", () =>
    voices.agree(`{ items { id ... on Book { stars } ... on Film { stars } } }`, {
      items: [{ id: "b1", stars: 5 }, { id: "f1", stars: 4 }, { id: "s1" }],
    }));
  it("are asked for through an interface that only some implement", () =>
    voices.agree(`{ items { title ... on Rated { stars __typename } } }`, {
      items: [
        { title: "Dune", stars: 5, __typename: "Book" },
        { title: "Alien", stars: 4, __typename: "Film" },
        { title: "Blue" },
      ],
    }));
  it("keep a place that is null", () =>
    voices.agree(`{ found { ... on Book { title } ... on Film { id: minutes } } }`, {
      found: [{ title: "Dune" }, { id: 117 }, null],
    }));
  it("lead from one interface to another's fields", () =>
    voices.agree(
      `{ rated { __typename stars ... on Item { title } ... on Book { similar { ... on Film { minutes } } } } }`,
      {
        rated: [
          { __typename: "Film", stars: 4, title: "Alien" },
          { __typename: "Book", stars: 5, title: "Dune", similar: [{ minutes: 117 }] },
        ],
      },
    ));
  it("may answer nothing at all", () =>
    voices.agree(`{ items { ... on Song { seconds } } found { ... on Song { seconds } } }`, {
      items: [{}, {}, { seconds: 200 }],
      found: [{}, {}, null],
    }));
  it("go by different names and types in different types", () =>
    voices.agree(
      `{ items { ... on Book { size: pages } ... on Film { size: minutes what: title } ... on Song { name: id } } }`,
      {
        items: [{ size: 400 }, { size: 117, what: "Alien" }, { name: "s1" }],
      },
    ));
  it("are the sum of what each subgraph counts to a union", () =>
    voices.agree(
      `{ songs { __typename ... on Song { seconds title } ... on Book { pages } } shelf { first { __typename } } }`,
      {
        songs: [{ __typename: "Song", seconds: 200, title: "Blue" }],
        shelf: { first: { __typename: "Book" } },
      },
    ));
  it("merge fragments that name the same field", () =>
    voices.agree(
      `query { items { ...A ... on Book { ...B } } } fragment A on Item { id ... on Book { stars } } fragment B on Book { stars pages }`,
      { items: [{ id: "b1", stars: 5, pages: 400 }, { id: "f1" }, { id: "s1" }] },
    ));
});
