import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

const known = (reference: object) => reference;

describe("what a subgraph provides and what it took over", () => {
  const voices = voicesOver([
    {
      name: "posts",
      typeDefs: `
        type Query { posts: [Post!] media: [Media!] }
        type Post @key(fields: "id") { id: ID! author: Author @provides(fields: "name address { city }") likes: Int }
        type Author @key(fields: "id") { id: ID! name: String @external address: Address @external }
        type Address { city: String @external }
        interface Media { id: ID! title: String }
        type Clip implements Media @key(fields: "id") { id: ID! title: String @shareable length: Int }
        type Note implements Media @key(fields: "id") { id: ID! title: String @shareable }
      `,
      resolvers: {
        Query: {
          posts: () => [
            { id: "p1", likes: 1, author: { id: "a1", name: "as posts say", address: { city: "there" } } },
          ],
          media: () => [
            { __typename: "Clip", id: "c", title: "clip", length: 3 },
            { __typename: "Note", id: "n", title: "note" },
          ],
        },
        Post: { __resolveReference: ({ id }: { id: string }) => ({ id, likes: 1, author: { id: "a1" } }) },
        Clip: { __resolveReference: known },
        Note: { __resolveReference: known },
      },
    },
    {
      name: "authors",
      typeDefs: `
        type Query { author: Author }
        type Author @key(fields: "id") { id: ID! name: String @shareable address: Address @shareable born: Int }
        type Address @shareable { city: String street: String }
        type Post @key(fields: "id") { id: ID! likes: Int @override(from: "posts") }
        type Note @key(fields: "id") { id: ID! title: String @override(from: "posts") pinned: Boolean }
      `,
      resolvers: {
        Query: {
          author: () => ({ id: "a1", name: "as authors say", address: { city: "here", street: "Main" } }),
        },
        Author: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            name: "as authors say",
            address: { city: "here", street: "Main" },
            born: 1970,
          }),
        },
        Post: { __resolveReference: known, likes: () => 100 },
        Note: { __resolveReference: known, title: () => "taken over", pinned: () => true },
      },
    },
  ]);

  it("is joined with what is not at hand", () =>
    voices.agree(`{ posts { author { id born address { city } } } }`, {
      posts: [{ author: { id: "a1", born: 1970, address: { city: "there" } } }],
    }));
  it("is asked of its new owner for the types it took over", () =>
    voices.agree(`{ media { __typename title ... on Note { pinned } ... on Clip { length } } }`, {
      media: [
        { __typename: "Clip", title: "clip", length: 3 },
        { __typename: "Note", title: "taken over", pinned: true },
      ],
    }));
});
