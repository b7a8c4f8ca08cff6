import fc from "fast-check";
import { execute, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import type { PreparedOperation } from "../../gateway/executor/prepare.ts";
import { plain, testGraph } from "./support/testGraph.ts";

const echo = (_: unknown, given: unknown) => JSON.stringify(given);
const graph = testGraph([
  {
    name: "echo",
    typeDefs: `
      scalar Anything
      enum Colour { RED GREEN }
      input Filter { text: String = "default" ids: [ID!] colours: [[Colour]] inner: Filter anything: Anything at: Float }
      type Query {
        echo(
          int: Int = 3, float: Float, string: String, id: ID, boolean: Boolean, colour: Colour, ints: [Int],
          lists: [[Int!]], filter: Filter, filters: [Filter!], anything: Anything
        ): String
        node: Node!
      }
      type Mutation { first(n: Int!): Int second(n: Int!): Int }
      interface Node { name(length: Int!): String }
      type Leaf implements Node @key(fields: "id") { id: ID! name(length: Int!): String }
    `,
    resolvers: {
      Query: { echo, node: () => ({ __typename: "Leaf", id: "1" }) },
      Mutation: {
        first: (_: unknown, { n }: { n: number }) => n,
        second: (_: unknown, { n }: { n: number }) => n,
      },
      Leaf: { name: (_: unknown, { length }: { length: number }) => "x".repeat(length) },
    },
  },
]);
const schema = graph.schemas.get("echo")!;
const planOf = async (text: string) =>
  ((await graph.engine.prepare(text, null, {})) as PreparedOperation).plan;

async function answer(text: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const document = parse(text);
  expect(validate(graph.engine.apiSchema, document)).toEqual([]);
  const { data } = plain(await graph.run(text, variables));
  expect(data).toEqual(plain(await execute({ schema, document, variableValues: variables })).data);
  return data;
}

describe("an operation's literals", () => {
  it("do not make it another operation: it is planned once, and its subgraphs see one text", async () => {
    const asking = (id: string) => `query Q { echo(id: "${id}", filter: { ids: [${id}, 7] }) }`;
    graph.asked.length = 0;
    await answer(asking("1"));
    await answer(asking("2"));
    expect(await planOf(asking("1"))).toBe(await planOf(asking("2")));
    const [one, other] = graph.asked;
    expect(one?.query).toBe(other?.query);
    expect(other?.variables).toEqual({ _literal0: "2", _literal1: { ids: ["2", "7"] } });
  });

  it("make it another where they are equal in one and not in the other", async () => {
    const same = "{ a: echo(int: 1) b: echo(int: 1) }";
    const different = "{ a: echo(int: 1) b: echo(int: 2) }";
    expect(await planOf(same)).not.toBe(await planOf(different));
    await answer(same);
    await answer(different);
    await answer('{ echo(int: 1, string: "1", id: 1) ... { echo(string: "1", id: 1, int: 1) } }');
  });

  it("stay where they mean something to the plan, to a scalar of the schema's own, or beside a variable", async () => {
    const texts = [
      "{ echo @skip(if: true) node { name(length: 1) } }",
      "{ echo @skip(if: false) node { name(length: 1) } }",
      `{ echo(anything: { deep: [1, 2.50, "x", RED, null] }) }`,
      `{ echo(anything: 12345678901234567890) }`,
      `{ echo(filter: { anything: 1 }) }`,
      "{ echo(int: null, filter: null, ints: [1, null]) }",
      '{ __type(name: "Leaf") { name } }',
      '{ __type(name: "Node") { name } }',
    ];
    for (const text of texts) await answer(text);
    expect(new Set(await Promise.all(texts.map(planOf))).size).toBe(texts.length);
    await answer("query ($id: ID!) { echo(filter: { ids: [$id, 2] }, int: 4) }", { id: "a" });
  });

  it("keep clear of the client's own variables", async () => {
    const text =
      "query ($_literal0: Int, $__literal0: ID) { echo(int: $_literal0, id: $__literal0, float: 2) }";
    expect(await answer(text, { _literal0: 9, __literal0: "x" })).toEqual({
      echo: '{"int":9,"float":2,"id":"x"}',
    });
  });

  it("are found in fragments, on interfaces and in each field of a mutation", async () => {
    const asking = (one: number, other: number) =>
      `query { node { ... on Leaf { name(length: ${one}) } ...Long } } fragment Long on Node { long: name(length: ${other}) }`;
    expect(await answer(asking(1, 3))).toEqual({ node: { name: "x", long: "xxx" } });
    expect(await answer(asking(2, 4))).toEqual({ node: { name: "xx", long: "xxxx" } });
    expect(await planOf(asking(1, 3))).toBe(await planOf(asking(2, 4)));
    expect(await answer("mutation { first(n: 1) second(n: 2) again: first(n: 2) }")).toEqual({
      first: 1,
      second: 2,
      again: 2,
    });
  });

  it("mean what they meant, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(argumentsOf, fc.boolean(), async (given, isTwice) => {
        const field = given ? `echo(${given})` : "echo";
        expect(await answer(`{ ${field} ${isTwice ? `other: ${field}` : ""} }`)).toBeTruthy();
      }),
      { numRuns: 300 },
    );
  });
});

const quoted = fc
  .string({ unit: "binary" })
  .map((text) => JSON.stringify(text).replaceAll("\u007f", "\\u007f"));
const block = fc
  .string({ unit: "grapheme-ascii" })
  .filter((text) => !/["\\]/.test(text))
  .map((text) => `"""${text}"""`);
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map(String);
const float = fc.oneof(
  int,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
  fc.constantFrom("1e3", "-0.0", "-0", "1.50"),
);
const string = fc.oneof(quoted, block);
const id = fc.oneof(quoted, fc.bigInt().map(String));
const boolean = fc.constantFrom("true", "false");
const colour = fc.constantFrom("RED", "GREEN", "null");
const listOf = (item: fc.Arbitrary<string>) =>
  fc.oneof(
    item,
    fc.array(item, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
  );
const anything = fc.oneof(int, float, string, boolean, fc.constant("{ a: [1, RED] }"));
const { filter } = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc
    .record(
      {
        text: fc.oneof(string, fc.constant("null")),
        ids: listOf(id),
        colours: listOf(listOf(colour)),
        at: float,
        anything: fc.option(anything, { nil: "null", freq: 1 }),
        inner: tie("filter"),
      },
      { requiredKeys: [] },
    )
    .map((fields) => `{ ${written(fields)} }`),
}));
const argumentsOf = fc
  .record(
    {
      int,
      float,
      string,
      id,
      boolean,
      colour,
      ints: listOf(int),
      lists: listOf(listOf(int)),
      filter,
      filters: listOf(filter),
      anything,
    },
    { requiredKeys: [] },
  )
  .map(written);

function written(fields: object): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(", ");
}
