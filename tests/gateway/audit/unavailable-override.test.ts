import { describe, it } from "vitest";
import { voicesOver } from "../support/voices.ts";

interface Post {
  id: string;
  writtenAt?: string;
}

const posts: Post[] = [
  { id: "p1", writtenAt: "at dawn" },
  { id: "p2", writtenAt: "at dusk" },
];

describe("a field taken over from a subgraph there is not", () => {
  const voices = voicesOver([
    {
      name: "press",
      typeDefs: `
        type Query { posts: [Post] @shareable pressed: [Post] }
        type Post @key(fields: "id") { id: ID! writtenAt: String! @shareable }
      `,
      resolvers: {
        Query: { posts: () => posts, pressed: () => [posts[1]] },
        Post: { __resolveReference: ({ id }: Post) => posts.find((post) => post.id === id) },
      },
    },
    {
      name: "desk",
      typeDefs: `
        type Query { posts: [Post] @shareable written: [Post] }
        type Post @key(fields: "id") { id: ID! writtenAt: String! @override(from: "archive") @shareable }
      `,
      resolvers: {
        Query: { posts: () => posts, written: () => [posts[0]] },
        Post: { __resolveReference: ({ id }: Post) => posts.find((post) => post.id === id) },
      },
    },
  ]);

  it("is asked of one of those that have it where both have the root", () =>
    voices.agree(`{ posts { writtenAt } }`, {
      posts: [{ writtenAt: "at dawn" }, { writtenAt: "at dusk" }],
    }));
  it("is asked of each where its own root leads there", () =>
    voices.agree(`{ pressed { writtenAt } written { writtenAt } }`, {
      pressed: [{ writtenAt: "at dusk" }],
      written: [{ writtenAt: "at dawn" }],
    }));
});
