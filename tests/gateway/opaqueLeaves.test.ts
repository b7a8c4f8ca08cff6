import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { openEngine } from "../../gateway/executor/engine.ts";
import type { DataSource } from "../../gateway/executor/contract.ts";
import { isUnequalLists, mergeInto } from "../../gateway/executor/interpreter/merge.ts";
import { localSource, plain, testGraph } from "./support/testGraph.ts";

const subgraphs = [
  {
    name: "one",
    typeDefs: `scalar JSON type Query { thing: Thing things: [Thing!]! } type Thing @key(fields: "id") { id: ID! any: JSON @shareable }`,
  },
  {
    name: "two",
    typeDefs: `scalar JSON type Thing @key(fields: "id") { id: ID! any: JSON @external own: JSON used: JSON @requires(fields: "any") }`,
  },
];

/** What the second subgraph was sent, as text. */
let sent = "";
const answering =
  (any: string) =>
  (name: string): DataSource => ({
    execute: async ({ variablesText, query }) => {
      if (name === "one")
        return {
          status: 200,
          isPrintable: true,
          text: `{"data":{"thing":{"__typename":"Thing","id":"1","any":${any}}}}`,
        };
      sent = variablesText;
      const field = query.includes("used") ? "used" : "own";
      return { status: 200, isPrintable: true, text: `{"data":{"_entities":[{"${field}":${any}}]}}` };
    },
  });

async function answersOf(query: string, any: string) {
  const { supergraphSdl } = testGraph(subgraphs);
  const limits = { usesBeforeCompiling: 0 };
  const log = { warn: () => undefined, error: () => undefined };
  const answers: string[] = [];
  for (const executors of ["both", "interpreter"] as const) {
    const engine = openEngine({ supergraphSdl, executors, limits, log, dataSource: answering(any) });
    const prepared = engine.prepare(query, null, {});
    const result = await engine.execute(prepared, { headersFor: () => ({}), deadline: Date.now() + 5_000 });
    answers.push(String(result.stringify?.(result) ?? JSON.stringify(result)));
  }
  return answers;
}

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("a scalar of the graph's own", () => {
  it.each([
    ["an object with __proto__", '{"__proto__":{"a":1},"b":2}'],
    ["an object with constructor and __typename", '{"constructor":1,"__typename":"Nobody","id":null}'],
    ["lists in objects in lists", '[{"a":[1,{"b":[]}]},[],null,{}]'],
    ["arrays, 5,000 deep", nested(5_000)],
    ["objects, 5,000 deep", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`],
  ])("is passed on as it was answered: %s", async (_, any) => {
    for (const answer of await answersOf("{ thing { any own } }", any))
      expect(answer).toBe(`{"data":{"thing":{"any":${any},"own":${any}}}}`);
    for (const answer of await answersOf("{ thing { used } }", any)) {
      expect(answer).toBe(`{"data":{"thing":{"used":${any}}}}`);
      expect(sent).toContain(`"any":${any}`);
    }
  });
});

describe("a scalar that is nested deeper than can be written", () => {
  it("is an error of its field, and nothing else is", async () => {
    for (const answer of await answersOf("{ thing { id any } }", nested(50_000))) {
      const { data, errors } = JSON.parse(answer) as { data: unknown; errors: readonly object[] };
      expect(data).toEqual({ thing: { id: "1", any: null } });
      expect(errors).toEqual([
        {
          message: "Thing.any was answered with a value that is nested too deeply.",
          path: ["thing", "any"],
          extensions: { code: "SUBGRAPH_ANSWER_INVALID" },
        },
      ]);
    }
    for (const answer of await answersOf("{ thing { used } }", nested(50_000)))
      expect(JSON.parse(answer)).toMatchObject({ data: { thing: { used: null } } });
  });
});

describe("a list that two subgraphs answer", () => {
  const lists = (ofOne: readonly unknown[] | null, ofTwo: readonly unknown[] | null) =>
    testGraph([
      {
        name: "one",
        typeDefs: `type Query { all: [Item] @shareable } type Item @shareable { a: Int inner: [Inner] } type Inner @shareable { a: Int }`,
        resolvers: { Query: { all: () => ofOne } },
      },
      {
        name: "two",
        typeDefs: `type Query { all: [Item] @shareable } type Item { b: Int inner: [Inner] @shareable } type Inner { b: Int }`,
        resolvers: { Query: { all: () => ofTwo } },
      },
    ]);
  const query = "{ mine: all { a b inner { a b } } }";

  it("is put together item by item where both are of one length", async () => {
    const graph = lists([{ a: 1, inner: [{ a: 2 }] }, null], [{ b: 3, inner: [{ b: 4 }] }, { b: 5 }]);
    expect(plain(await graph.run(query)).data).toEqual({
      mine: [
        { a: 1, b: 3, inner: [{ a: 2, b: 4 }] },
        { a: null, b: 5, inner: null },
      ],
    });
  });

  it.each([
    [[{ a: 1 }, { a: 2 }], [{ b: 1 }]],
    [[], [{ b: 1 }]],
    [[{ a: 1 }], []],
  ])("is an error where they are not, and no mix: %j and %j", async (one, two) => {
    const { data, errors } = plain(await lists(one, two).run(query));
    expect(data).toEqual({ mine: null });
    expect(errors).toEqual([
      {
        message: "Query.all was answered by two subgraphs with lists of different lengths.",
        path: ["mine"],
        extensions: { code: "SUBGRAPH_ANSWER_INVALID" },
      },
    ]);
  });

  it("is an error of the inner list where that differs", async () => {
    const graph = lists([{ a: 1, inner: [{ a: 2 }, { a: 3 }] }], [{ b: 3, inner: [{ b: 4 }] }]);
    const { data, errors } = plain(await graph.run(query));
    expect(data).toEqual({ mine: [{ a: 1, b: 3, inner: null }] });
    expect(errors?.map(({ path }) => path)).toEqual([["mine", 0, "inner"]]);
  });

  const either = (own: string) => `
    type Query { all: [Item] @shareable } interface Item { id: ID ${own}: Int }
    type Book implements Item @shareable { id: ID ${own}: Int } type Film implements Item @shareable { id: ID ${own}: Int }`;
  const graphOfTypes = (ofOne: readonly object[], ofTwo: readonly object[]) =>
    testGraph([
      { name: "one", typeDefs: either("a"), resolvers: { Query: { all: () => ofOne } } },
      { name: "two", typeDefs: either("b"), resolvers: { Query: { all: () => ofTwo } } },
    ]);
  const book = { __typename: "Book", a: 1, b: 2 };
  const film = { __typename: "Film", a: 3, b: 4 };
  const byType = "{ all { ... on Book { a b } ... on Film { a b } } }";

  async function answersOfBoth({ supergraphSdl, schemas }: ReturnType<typeof testGraph>) {
    const limits = { usesBeforeCompiling: 0 };
    const log = { warn: () => undefined, error: () => undefined };
    const dataSource = (name: string) => localSource(schemas.get(name)!);
    const answers = [];
    for (const executors of ["both", "interpreter"] as const) {
      const engine = openEngine({ supergraphSdl, executors, limits, log, dataSource });
      const how = { headersFor: () => ({}), deadline: Date.now() + 5_000 };
      answers.push(plain(await engine.execute(engine.prepare(byType, null, {}), how)));
    }
    return answers;
  }

  it("is put together of items of one type", async () => {
    for (const { data, errors } of await answersOfBoth(graphOfTypes([book, film], [book, film]))) {
      expect(data).toEqual({
        all: [
          { a: 1, b: 2 },
          { a: 3, b: 4 },
        ],
      });
      expect(errors).toBeUndefined();
    }
  });

  it("is an error where items are of different types, and no mix", async () => {
    for (const { data, errors } of await answersOfBoth(graphOfTypes([book, film], [film, book]))) {
      expect(data).toEqual({ all: null });
      expect(errors).toMatchObject([
        {
          message: "Query.all was answered by two subgraphs with lists of different items.",
          path: ["all"],
          extensions: { code: "SUBGRAPH_ANSWER_INVALID" },
        },
      ]);
    }
  });

  it.each([
    ["one key", { id: "1", a: 1 }, { id: 1, b: 2 }, true],
    ["a null for it", { id: "1", a: 1 }, { id: null, b: 2 }, true],
    ["different keys", { id: "1", a: 1 }, { id: "2", b: 2 }, false],
  ])("is looked at by the leaves that both answered: %s", (_, one, two, isOne) => {
    const schema = buildSchema("type Query { a: Int }");
    const shape = new Map([["all", new Map(["id", "a", "b"].map((name) => [name, null]))]]);
    const merging = { schema, budget: { countObjects: () => undefined } };
    const data = {};
    mergeInto(data, { all: [one] }, shape, merging);
    mergeInto(data, { all: [two] }, shape, merging);
    const { all } = data as { all?: unknown };
    expect(isUnequalLists(all)).toBe(!isOne);
  });
});
