import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Key {
  id: string;
}

describe("a value type that three subgraphs know in part, one of them by its own key", () => {
  const voices = voicesOver([
    {
      name: "reviews",
      typeDefs: `
        type Film @key(fields: "id") { id: ID @external genre: Genre @shareable }
        type Genre { verdict: String }
      `,
      resolvers: {
        Film: { __resolveReference: ({ id }: Key) => ({ id, genre: { verdict: `as in film ${id}` } }) },
      },
    },
    {
      name: "shelves",
      typeDefs: `
        type Film @key(fields: "id") { id: ID @external genre: Genre @shareable }
        type Genre { id: ID @shareable }
      `,
      resolvers: { Film: { __resolveReference: ({ id }: Key) => ({ id, genre: { id: "g3" } }) } },
    },
    {
      name: "genres",
      typeDefs: `type Genre @key(fields: "id") { id: ID @shareable name: String }`,
      resolvers: { Genre: { __resolveReference: ({ id }: Key) => ({ id, name: `genre ${id}` }) } },
    },
    {
      name: "films",
      typeDefs: `
        type Query { film(id: ID!): Film }
        type Film @key(fields: "id") { id: ID title: String }
      `,
      resolvers: {
        Query: { film: (_root: unknown, { id }: Key) => ({ id, title: `film ${id}` }) },
        Film: { __resolveReference: ({ id }: Key) => ({ id, title: `film ${id}` }) },
      },
    },
  ]);

  it("is put together through its parent and through its key", () =>
    voices.agree(`{ film(id: "1") { id title genre { id name verdict } } }`, {
      film: { id: "1", title: "film 1", genre: { id: "g3", name: "genre g3", verdict: "as in film 1" } },
    }));
});
