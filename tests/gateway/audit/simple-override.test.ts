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

describe("a field one subgraph took over from another", () => {
  const voices = voicesOver([
    {
      name: "press",
      typeDefs: `
        type Query { posts: [Post] @shareable pressed: [Post] }
        type Post @key(fields: "id") { id: ID! writtenAt: String! @shareable }
      `,
      resolvers: {
        Query: { posts: () => posts, pressed: () => [posts[1]] },
        Post: {
          __resolveReference: ({ id }: Post) => posts.find((post) => post.id === id),
          writtenAt: () => "never",
        },
      },
    },
    {
      name: "desk",
      typeDefs: `
        type Query { posts: [Post] @shareable written: [Post] }
        type Post @key(fields: "id") { id: ID! writtenAt: String! @override(from: "press") @shareable }
      `,
      resolvers: {
        Query: { posts: () => posts, written: () => [posts[0]] },
        Post: { __resolveReference: ({ id }: Post) => posts.find((post) => post.id === id) },
      },
    },
  ]);

  it("is asked of its new owner where both have the root", () =>
    voices.agree(`{ posts { writtenAt } }`, {
      posts: [{ writtenAt: "at dawn" }, { writtenAt: "at dusk" }],
    }));
  it("is asked of its new owner from each one's own root", () =>
    voices.agree(`{ pressed { writtenAt } written { writtenAt } }`, {
      pressed: [{ writtenAt: "at dusk" }],
      written: [{ writtenAt: "at dawn" }],
    }));
});
