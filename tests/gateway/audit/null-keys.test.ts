import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Book {
  isbn?: string;
  id?: string;
}

describe("an entity whose key must be looked up first, and is not found", () => {
  const writers = new Map([
    ["1", "Alice"],
    ["2", "Bob"],
    ["3", "Jack"],
  ]);
  const voices = voicesOver([
    {
      name: "shelves",
      typeDefs: `
        type Query { shelves: [Shelf] }
        type Shelf { book: Book }
        type Book @key(fields: "isbn") { isbn: ID! }
      `,
      resolvers: {
        Query: { shelves: () => ["b1", "b2", "b3"].map((isbn) => ({ book: { isbn } })) },
        Book: { __resolveReference: (reference: Book) => reference },
      },
    },
    {
      name: "numbers",
      typeDefs: `type Book @key(fields: "id") @key(fields: "isbn") { id: ID! isbn: ID! }`,
      resolvers: {
        Book: {
          __resolveReference: ({ isbn = "" }: Book) => (isbn === "b3" ? null : { isbn, id: isbn.slice(1) }),
        },
      },
    },
    {
      name: "writers",
      typeDefs: `
        type Book @key(fields: "id") { id: ID! writer: Writer }
        type Writer { id: ID! name: String }
      `,
      resolvers: {
        Book: {
          __resolveReference({ id }: Book) {
            if (!id) throw new Error("asked for a book without its id");
            return { id, writer: { id: `w${id}`, name: writers.get(id) } };
          },
        },
      },
    },
  ]);

  it("has nulls where the other subgraph would have been asked, and troubles nobody with it", () =>
    voices.agree(`{ shelves { book { isbn writer { name } } } }`, {
      shelves: [
        { book: { isbn: "b1", writer: { name: "Alice" } } },
        { book: { isbn: "b2", writer: { name: "Bob" } } },
        { book: { isbn: "b3", writer: null } },
      ],
    }));
});
