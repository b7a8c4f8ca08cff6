import { describe, expect, it } from "vitest";
import { openEngine } from "../../gateway/executor/engine.ts";
import { localSource, plain, testGraph } from "./support/testGraph.ts";

const graph = testGraph([
  {
    name: "words",
    typeDefs: `type Query { word(text: String): String thing: Thing } type Thing { name: String! }`,
    resolvers: {
      Query: {
        word: (_: unknown, given: object) => JSON.stringify(given),
        thing: () => ({ name: "n" }),
      },
    },
  },
]);
const interpreter = openEngine({
  supergraphSdl: graph.supergraphSdl,
  executors: "interpreter",
  log: { warn: () => undefined, error: () => undefined },
  dataSource: (name) => localSource(graph.schemas.get(name) as never),
});
const answers = async (query: string, variables: Record<string, unknown>) => {
  const how = { headersFor: () => ({}), deadline: Date.now() + 5_000 };
  return [
    plain(await graph.run(query, variables)),
    plain(await interpreter.execute(interpreter.prepare(query, null, variables), how)),
  ];
};

describe("a variable that is not given", () => {
  it.each(["toString", "constructor", "hasOwnProperty", "valueOf"])(
    "is absent when it is called %s",
    async (name) => {
      for (const answer of await answers(`query ($${name}: String) { word(text: $${name}) }`, {}))
        expect(answer).toEqual({ data: { word: "{}" } });
    },
  );

  it("counts as what it says by default when it is called so", async () => {
    const query = `query ($constructor: Boolean = false) { thing { name @include(if: $constructor) } }`;
    for (const answer of await answers(query, {})) expect(answer).toEqual({ data: { thing: {} } });
  });
});

describe("a null for a condition that must not be null", () => {
  it.each([
    ["@include", "query ($yes: Boolean = true) { thing { name @include(if: $yes) } }"],
    ["@skip", "query ($yes: Boolean = true) { ...F } fragment F on Query { thing @skip(if: $yes) { name } }"],
    ["@defer", "query ($yes: Boolean = true) { thing { ... @defer(if: $yes) { name } } }"],
  ])("is refused where %s decides by it", async (_directive, query) => {
    for (const { data, errors = [] } of await answers(query, { yes: null })) {
      expect(data ?? null).toBeNull();
      expect(errors.map(({ message }) => message)).toEqual([
        'Argument "if" of type "Boolean!" must not be null: the variable "$yes" is null.',
      ]);
    }
    for (const answer of await answers(query, { yes: true })) expect(answer).not.toHaveProperty("errors");
  });

  it("is taken where only another operation of the document decides by it", async () => {
    const query = `query ($text: String) { word(text: $text) } query Other($text: Boolean!) { thing @include(if: $text) { name } }`;
    const first = query.replace("query (", "query First(");
    const prepared = await graph.engine.prepare(first, "First", { text: null });
    expect(prepared.errors).toBeUndefined();
  });
});
