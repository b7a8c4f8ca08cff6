import { describe, expect, it } from "vitest";
import { plain, testGraph } from "../support/testGraph.ts";
import { voicesOver } from "../support/voices.ts";

const known = (reference: object) => reference;

const subgraphs = () => {
  const log: string[] = [];
  let total = 0;
  const graphs = [
    {
      name: "one",
      typeDefs: `
        enum Colour { RED GREEN BLUE @inaccessible }
        input Filter { colour: Colour = GREEN most: Int = 5 tags: [String!] }
        type Query { shared: Shared @shareable node(id: ID!): Node echo(filter: Filter, n: Int, representations: [Int!]): String colours: [Colour] strict: [Colour!] nested: [[Leaf]] hidden: Secret @inaccessible }
        type Mutation { add(n: Int!): Counter! stop: Int! }
        type Counter @key(fields: "id") { id: ID! total: Int }
        type Shared @shareable { a: String }
        interface Node { id: ID! }
        type Leaf implements Node @key(fields: "id") { id: ID! code: Int @inaccessible }
        type Secret @inaccessible { id: ID }
        scalar Any2
      `,
      resolvers: {
        Query: {
          shared: () => ({ a: "a" }),
          node: (_: unknown, { id }: { id: string }) => ({ __typename: "Leaf", id }),
          echo: (_: unknown, given: object) => JSON.stringify(given),
          colours: () => ["RED", "BLUE", null],
          strict: () => ["RED", "BLUE"],
          nested: () => [[{ id: "1" }, null], null, [{ id: "2" }]],
        },
        Mutation: {
          add(_: unknown, { n }: { n: number }) {
            log.push(`add ${n}`);
            return { id: "c", total: (total += n) };
          },
          stop() {
            throw new Error("stopped");
          },
        },
        Leaf: { __resolveReference: known },
      },
    },
    {
      name: "two",
      typeDefs: `
        type Query { shared: Shared @shareable }
        type Mutation { multiply(by: Int!): Counter! }
        type Counter @key(fields: "id") { id: ID! doubled: Int }
        type Shared @shareable { b: String }
        type Leaf @key(fields: "id") { id: ID! price(in: String = "EUR"): String }
      `,
      resolvers: {
        Query: { shared: () => ({ b: "b" }) },
        Mutation: {
          multiply(_: unknown, { by }: { by: number }) {
            log.push(`multiply ${by}`);
            total *= by;
            return { id: "c" };
          },
        },
        Counter: { __resolveReference: known, doubled: () => total * 2 },
        Leaf: {
          __resolveReference: known,
          price: ({ id }: { id: string }, given: { in: string }) => `${id} ${given.in}`,
        },
      },
    },
  ];
  return { graphs, log };
};

describe("roots, variables and conditions", () => {
  const voices = voicesOver(subgraphs().graphs);

  it("reach into lists of lists", () =>
    voices.agree(`{ nested { id price } }`, {
      nested: [[{ id: "1", price: "1 EUR" }, null], null, [{ id: "2", price: "2 EUR" }]],
    }));
  it("go to the fetches that use them", () =>
    voices.agree(
      `query ($id: ID!, $in: String, $n: Int = 3) { node(id: $id) { ... on Leaf { price(in: $in) id } } echo(n: $n) }`,
      {
        node: { price: "7 USD", id: "7" },
        echo: '{"filter":null,"n":3,"representations":null}'
          .replace('"filter":null,', "")
          .replace(',"representations":null', ""),
      },
      { variables: { id: "7", in: "USD" } },
    ));
  it("may be called representations", () =>
    voices.agree(
      `query ($representations: String) { node(id: "1") { ... on Leaf { price(in: $representations) } } }`,
      { node: { price: "1 GBP" } },
      { variables: { representations: "GBP" }, stockDiffers: "it refuses the name" },
    ));
  it("hold by their values and defaults", () =>
    voices.agree(
      `query ($yes: Boolean!, $no: Boolean = false) { shared @include(if: $yes) { a @skip(if: $yes) b @include(if: $no) __typename @skip(if: $no) } node(id: "1") @skip(if: $yes) { id } }`,
      { shared: { __typename: "Shared" } },
      { variables: { yes: true } },
    ));
  it("hold on fragments", () =>
    voices.agree(
      `query ($yes: Boolean!) { ...F @include(if: $yes) ... @skip(if: $yes) { never: node(id: "2") { id } } } fragment F on Query { node(id: "1") { ... on Leaf @include(if: $yes) { price } } }`,
      { node: { price: "1 EUR" } },
      { variables: { yes: true } },
    ));
  it("carry what no client sees up to where null may be, and tell why", () =>
    voices.agree(
      `{ strict shared { a } }`,
      { strict: null, shared: { a: "a" } },
      { errorsAt: ["strict.1"] },
    ));
  it("tell type names at every level", () =>
    voices.agree(
      `{ __typename q: __typename node(id: "1") { __typename t: __typename } shared { __typename a } }`,
      {
        __typename: "Query",
        q: "Query",
        node: { __typename: "Leaf", t: "Leaf" },
        shared: { __typename: "Shared", a: "a" },
      },
    ));
});

describe("what is inaccessible", () => {
  const graph = testGraph(subgraphs().graphs);

  it("is no value a client may send", async () => {
    const result = plain(
      await graph.run(`query ($f: Filter) { echo(filter: $f) }`, { f: { colour: "BLUE" } }),
    );
    expect(result.data).toBeUndefined();
    expect(result.errors).toHaveLength(1);
  });
  it("is nowhere in the schema", async () => {
    const result = JSON.stringify(
      plain(await graph.run(`{ __schema { types { name fields { name } enumValues { name } } } }`)),
    );
    expect(result).not.toMatch(/BLUE|Secret|hidden|"code"|join__|core__|link__/);
  });
});

describe("a mutation", () => {
  it("ends at a field that must not be null and is", async () => {
    const { graphs, log } = subgraphs();
    const graph = testGraph(graphs);
    const result = plain(await graph.run(`mutation { a: add(n: 2) { total } stop b: add(n: 1) { total } }`));
    expect(result.data).toBeNull();
    expect(result.errors?.map(({ path }) => path)).toEqual([["stop"]]);
    expect(log).toEqual(["add 2"]);
  });
});
