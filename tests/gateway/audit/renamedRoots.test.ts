import { parse, subscribe, type GraphQLSchema } from "graphql";
import { isAsyncIterable } from "graphql-yoga";
import { describe, expect, it } from "vitest";
import type { SubgraphEvent } from "../../../gateway/executor/contract.ts";
import { plain, testGraph } from "../support/testGraph.ts";
import { voicesOver } from "../support/voices.ts";

const known = (reference: object) => reference;
const none = () => ({});

const subgraphs = [
  {
    name: "one",
    typeDefs: `
      schema { query: MyQuery mutation: MyMutation subscription: MySubscription }
      interface Has { a: Int }
      type MyQuery implements Has { self: MyQuery a: Int has: Has all: [Has!] t: T }
      type MyMutation { go: MyMutation n: Int q: MyQuery }
      type MySubscription { ticks: Tick }
      type Tick { n: Int q: MyQuery }
      type T implements Has @key(fields: "id") { id: ID! a: Int b: Int q: MyQuery }
    `,
    resolvers: {
      MyQuery: {
        self: none,
        a: () => 1,
        has: () => ({ __typename: "MyQuery" }),
        all: () => [{ __typename: "T", id: "1", a: 4, b: 5 }, { __typename: "MyQuery" }],
        t: () => ({ id: "1", a: 4, b: 5 }),
      },
      MyMutation: { go: none, n: () => 2, q: none },
      MySubscription: {
        ticks: {
          async *subscribe() {
            await Promise.resolve();
            yield { ticks: { n: 1, q: {} } };
          },
        },
      },
      T: { __resolveReference: known, q: none },
    },
  },
  {
    name: "two",
    typeDefs: `
      schema { query: RootQuery mutation: RootMutation }
      type RootQuery { b: Int own: RootQuery }
      type RootMutation { m: Int back: RootMutation }
      type T @key(fields: "id") { id: ID! r: RootQuery }
    `,
    resolvers: {
      RootQuery: { b: () => 3, own: none },
      RootMutation: { m: () => 6, back: none },
      T: { __resolveReference: known, r: none },
    },
  },
];

const stockDiffers =
  "it sends the condition to subgraphs that know no type of that name, or takes their name for another type";

describe("root types that each subgraph calls otherwise", () => {
  const voices = voicesOver(subgraphs);

  it("are asked for at the root", () =>
    voices.agree(`{ a b ... on Query { again: b t { id } } ...F } fragment F on Query { __typename }`, {
      a: 1,
      b: 3,
      again: 3,
      t: { id: "1" },
      __typename: "Query",
    }));

  it("are one type below the root, of the name that clients know", () =>
    voices.agree(
      `query ($x: Boolean = true) { self { a __typename b self { ... on Query @include(if: $x) { a b } } } }`,
      { self: { a: 1, __typename: "Query", b: 3, self: { a: 1, b: 3 } } },
      { stockDiffers },
    ));

  it("are found below an entity that either of them has", () =>
    voices.agree(
      `{ t { r { __typename b a self { b } } q { a b own { a __typename } } } }`,
      {
        t: {
          r: { __typename: "Query", b: 3, a: 1, self: { b: 3 } },
          q: { a: 1, b: 3, own: { a: 1, __typename: "Query" } },
        },
      },
      { stockDiffers },
    ));

  it("are what an object of an interface is", async () => {
    await voices.agree(
      `{ has { a __typename ... on Query { b } } }`,
      { has: { a: 1, __typename: "Query", b: 3 } },
      { stockDiffers },
    );
    await voices.agree(`{ has { a ... on T { id } } }`, { has: { a: 1 } }, { stockDiffers });
  });

  it("are asked for those of an interface's objects alone that are of them", () =>
    voices.agree(
      `{ all { a ... on Query { b } ... on T { b } } }`,
      {
        all: [
          { a: 4, b: 5 },
          { a: 1, b: 3 },
        ],
      },
      { stockDiffers },
    ));

  it("are changed by mutations, and read by what these answer", () =>
    voices.agree(
      `mutation { go { n __typename m ... on Mutation { back { n } } } q { a b __typename } m }`,
      {
        go: { n: 2, __typename: "Mutation", m: 6, back: { n: 2 } },
        q: { a: 1, b: 3, __typename: "Query" },
        m: 6,
      },
      { stockDiffers },
    ));

  it("are subscribed to, and read by what events tell", async () => {
    const graph = testGraph(subgraphs, (name, local) => ({
      ...local,
      async *subscribe({ query }) {
        const schema = graph.schemas.get(name) as GraphQLSchema;
        const events = await subscribe({ schema, document: parse(query) });
        if (!isAsyncIterable(events)) throw new Error("The subscription was refused.");
        yield* events as AsyncGenerator<SubgraphEvent>;
      },
    }));
    const prepared = await graph.engine.prepare(
      "subscription { ticks { n q { a b __typename } } }",
      null,
      {},
    );
    const how = { headersFor: none, deadline: Date.now() + 10_000 };
    const results = await Array.fromAsync(graph.engine.subscribe(prepared, how));
    expect(results.map((result) => plain(result))).toEqual([
      { data: { ticks: { n: 1, q: { a: 1, b: 3, __typename: "Query" } } } },
    ]);
    await graph.engine.close();
  });
});
