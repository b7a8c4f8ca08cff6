import { describe, expect, it } from "vitest";
import { openEngine } from "../../../gateway/executor/engine.ts";
import { composed } from "../support/testGraph.ts";
import { voicesOver } from "../support/voices.ts";

const price = (cents: number, currency: string) => (currency === "USD" ? cents : cents * 2);
const media = [
  { __typename: "Book", isbn: "b1", cents: 10 },
  { __typename: "Film", isbn: "f1", cents: 30 },
];
type Priced = { price?: number } | null;
const priceOf = {
  price: ({ cents }: { cents: number }, { in: currency }: { in: string }) => price(cents, currency),
};

const shelves = (implementing: string) => ({
  name: "shelves",
  typeDefs: `
    type Query { shelves: [Shelf!]! }
    type Shelf @key(fields: "id") { id: ID! media: Media all: [Media!]! title(in: String): String }
    interface Media { price(in: String!): Int }
    ${implementing}
    type Film implements Media @key(fields: "isbn") { isbn: ID! price(in: String!): Int }
  `,
  resolvers: {
    Query: { shelves: () => [{ id: "0" }, { id: "1" }, { id: "2" }] },
    Shelf: {
      __resolveReference: (known: object) => known,
      media: ({ id }: { id: string }) => media[Number(id)] ?? null,
      all: () => media,
    },
    Book: {
      ...priceOf,
      __resolveReference: ({ isbn }: { isbn: string }) => media.find((one) => one.isbn === isbn),
    },
    Film: priceOf,
  },
});
const book = `type Book implements Media @key(fields: "isbn") { isbn: ID! price(in: String!): Int }`;
const costs = {
  name: "costs",
  typeDefs: `
    type Shelf @key(fields: "id") {
      id: ID! media: Media @external all: [Media!]! @external
      usd: Int @requires(fields: "media { price(in: \\"USD\\") }")
      eur: Int @requires(fields: "media { price(in: \\"EUR\\") }")
      bookEur: Int @requires(fields: "media { ... on Book { price(in: \\"EUR\\") } }")
      sumUsd: Int @requires(fields: "all { price(in: \\"USD\\") }")
      mixed: String @requires(fields: "media { price(in: \\"USD\\") } all { price(in: \\"EUR\\") }")
    }
    interface Media { price(in: String!): Int }
    type Book implements Media @key(fields: "isbn") { isbn: ID! price(in: String!): Int @external }
    type Film implements Media @key(fields: "isbn") { isbn: ID! price(in: String!): Int @external }
  `,
  resolvers: {
    Media: { __resolveType: () => "Book" },
    Shelf: {
      __resolveReference: (known: object) => known,
      usd: ({ media: one }: { media: Priced }) => one?.price ?? null,
      eur: ({ media: one }: { media: Priced }) => one?.price ?? null,
      bookEur: ({ media: one }: { media: Priced }) => one?.price ?? null,
      sumUsd: ({ all }: { all: readonly Priced[] }) => all.reduce((sum, one) => sum + (one?.price ?? 0), 0),
      mixed: ({ media: one, all }: { media: Priced; all: readonly Priced[] }) =>
        `${one?.price} ${all[0]?.price}`,
    },
  },
};
const differs = { stockDiffers: "it keeps one of the two", servedDiffers: "it keeps one of the two" };

describe("two requirements of one field with different arguments, through an interface", () => {
  const voices = voicesOver([shelves(book), costs]);

  it("are both met", () =>
    voices.agree(
      "{ shelves { usd eur } }",
      {
        shelves: [
          { usd: 10, eur: 20 },
          { usd: 30, eur: 60 },
          { usd: null, eur: null },
        ],
      },
      differs,
    ));

  it("are both met where one names a type that implements it", () =>
    voices.agree(
      "{ shelves { usd bookEur } }",
      {
        shelves: [
          { usd: 10, bookEur: 20 },
          { usd: 30, bookEur: null },
          { usd: null, bookEur: null },
        ],
      },
      differs,
    ));

  it("are met together with others of lists, and with what the client itself asks for", () =>
    voices.agree(
      `{ shelves { mixed sumUsd eur mine: media { price(in: "USD") ... on Film { isbn } } } }`,
      {
        shelves: [
          { mixed: "10 20", sumUsd: 40, eur: 20, mine: { price: 10 } },
          { mixed: "30 20", sumUsd: 40, eur: 60, mine: { price: 30, isbn: "f1" } },
          { mixed: "undefined 20", sumUsd: 40, eur: null, mine: null },
        ],
      },
      differs,
    ));

  it("are met alone as well", () =>
    voices.agree("{ shelves { eur } }", { shelves: [{ eur: 20 }, { eur: 60 }, { eur: null }] }));
});

describe("a third requirement, of a subgraph that knows the interface and requires it of one type", () => {
  const voices = voicesOver([
    shelves(book),
    costs,
    {
      name: "labels",
      typeDefs: `
          type Query { label: Media }
          interface Media { price(in: String!): Int }
          type Book implements Media @key(fields: "isbn") {
            isbn: ID! price(in: String!): Int @external label: String @requires(fields: "price(in: \\"GBP\\")")
          }
        `,
      resolvers: {
        Query: { label: () => ({ __typename: "Book", isbn: "b1" }) },
        Book: {
          __resolveReference: (known: object) => known,
          label: ({ price: pounds }: { price?: number }) => `${pounds} GBP`,
        },
      },
    },
  ]);

  it("is met beside them", () =>
    voices.agree(
      `{ label { price(in: "USD") ... on Book { label } } shelves { usd eur } }`,
      {
        label: { price: 10, label: "20 GBP" },
        shelves: [
          { usd: 10, eur: 20 },
          { usd: 30, eur: 60 },
          { usd: null, eur: null },
        ],
      },
      differs,
    ));
});

describe("a requirement that has one field in two ways at one place", () => {
  it("is refused when the graph is opened", () => {
    const supergraphSdl = composed([shelves(book), costs]).replace(
      'requires: "media { ... on Book { price(in: \\"EUR\\") } }"',
      'requires: "media { price(in: \\"USD\\") ... on Book { price(in: \\"EUR\\") } }"',
    );
    const log = { warn: () => undefined, error: () => undefined };
    const open = () =>
      openEngine({ supergraphSdl, log, dataSource: () => ({ execute: () => Promise.reject(new Error()) }) });
    expect(open).toThrow("Shelf.bookEur requires price twice at one place, with different arguments.");
  });
});
