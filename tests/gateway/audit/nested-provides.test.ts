import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const names = new Map([
  ["g1", "Jazz"],
  ["g2", "Swing"],
  ["g3", "Bop"],
]);
const below = new Map([
  ["g1", ["g2"]],
  ["g2", ["g3"]],
  ["g3", ["g1"]],
]);
const albums = [
  { id: "a1", genres: ["g1", "g2"] },
  { id: "a2", genres: ["g3", "g2"] },
];

function refused(): never {
  throw new Error("what is provided is asked for again");
}

describe("fields provided several levels down", () => {
  const voices = voicesOver([
    {
      name: "all-albums",
      typeDefs: `type Album @key(fields: "id") { id: ID! }`,
      resolvers: { Album: { __resolveReference: refused } },
    },
    {
      name: "charts",
      typeDefs: `
        type Query { albums: [Album] @shareable @provides(fields: "genres { id name below { id name } }") }
        type Album @key(fields: "id") { id: ID! genres: [Genre] @external }
        type Genre @key(fields: "id") { id: ID! name: String below: [Genre] @external }
      `,
      resolvers: {
        Query: {
          albums: () =>
            albums.map(({ id, genres }) => ({
              id,
              genres: genres.map((genre) => ({
                id: genre,
                name: names.get(genre),
                below: below.get(genre)?.map((lower) => ({ id: lower, name: names.get(lower) })),
              })),
            })),
        },
        Album: { __resolveReference: refused },
        Genre: { __resolveReference: refused },
      },
    },
    {
      name: "genres",
      typeDefs: `
        type Album @key(fields: "id") { id: ID! genres: [Genre] @shareable }
        type Genre @key(fields: "id") { id: ID! below: [Genre] @shareable }
      `,
      resolvers: { Album: { __resolveReference: refused }, Genre: { __resolveReference: refused } },
    },
  ]);

  it("are taken from where they are at hand", () =>
    voices.agree(`{ albums { id genres { id name } } }`, {
      albums: albums.map(({ id, genres }) => ({
        id,
        genres: genres.map((genre) => ({ id: genre, name: names.get(genre) })),
      })),
    }));
  it("are at hand below a field that is provided itself", () => {
    const genre = (id: string, name: string, lower: string, lowerName: string) => ({
      id,
      name,
      below: [{ id: lower, name: lowerName }],
    });
    return voices.agree(`{ albums { id genres { id name below { id name } } } }`, {
      albums: [
        { id: "a1", genres: [genre("g1", "Jazz", "g2", "Swing"), genre("g2", "Swing", "g3", "Bop")] },
        { id: "a2", genres: [genre("g3", "Bop", "g1", "Jazz"), genre("g2", "Swing", "g3", "Bop")] },
      ],
    });
  });
});
