import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { openEngine } from "../../gateway/executor/engine.ts";
import type { PreparedOperation } from "../../gateway/executor/prepare.ts";
import { plain, testGraph } from "./support/testGraph.ts";

const graph = testGraph(
  [
    {
      name: "one",
      typeDefs: `type Query { a: String b(n: Int): Int c: Thing d: Thing } type Thing @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          a: () => "a",
          b: (_: unknown, { n }: { n: number }) => n,
          c: () => ({ id: "1" }),
          d: () => ({ id: "1" }),
        },
      },
    },
    {
      name: "two",
      typeDefs: `type Thing @key(fields: "id") { id: ID! more: Int }`,
      resolvers: { Thing: { __resolveReference: (known: object) => known, more: () => 2 } },
    },
  ],
  undefined,
  { planBytes: 190_000, fetchesPerPlan: 4 },
);
const { engine } = graph;
const planOf = async (...asked: Parameters<typeof engine.prepare>) =>
  ((await engine.prepare(...asked)) as PreparedOperation).plan;

describe("a plan", () => {
  it("is made once, however often and in whatever form the operation comes", async () => {
    const text = "query Q($n: Int) { a b(n: $n) }";
    const plan = await planOf(text, null, { n: 1 });
    expect(plan).not.toBeNull();
    expect(await planOf(text, "Q", { n: 2 })).toBe(plan);
    expect(await planOf(parse(text), null, {})).toBe(plan);
  });

  it("is another for other values of a condition, another operation of the text, and other denied fields", async () => {
    const text = "query Q($yes: Boolean = true) { a c @include(if: $yes) { more } } query R { a }";
    const plans = await Promise.all([
      planOf(text, "Q", {}),
      planOf(text, "Q", { yes: false }),
      planOf(text, "R", {}),
      planOf(
        text,
        "R",
        {},
        { denied: new Map([["Query.a", { message: "no", extensions: { code: "NO" } }]]) },
      ),
    ]);
    expect(new Set(plans).size).toBe(4);
    expect((await planOf("{ a }", null, {}))?.operation.fetchCount).toBe(1);
  });

  it("is forgotten when too many others have been made since", async () => {
    const plan = await planOf("{ a }", null, {});
    for (const alias of ["x", "y", "z"]) await planOf(`{ ${alias}: a }`, null, {});
    expect(await planOf("{ a }", null, {})).not.toBe(plan);
  });

  it("with too many fetches is refused before anything is asked", async () => {
    const aliases = Array.from({ length: 5 }, (_, index) => `a${index}: c { id more } `).join("");
    graph.asked.length = 0;
    const result = plain(await graph.run(`{ ${aliases} }`));
    expect(result.errors?.[0]?.extensions?.["code"]).toBe("PLAN_TOO_LARGE");
    expect(graph.asked).toEqual([]);
  });

  it("asks for the same entity once, wherever it is wanted", async () => {
    graph.asked.length = 0;
    expect(plain(await graph.run(`{ c { more } d { more } }`))).toEqual({
      data: { c: { more: 2 }, d: { more: 2 } },
    });
    expect(graph.asked.map(({ subgraph }) => subgraph)).toEqual(["one", "two"]);
  });

  it("is not made for variables of another kind or an operation that is not there", async () => {
    const wrong = plain(await graph.run("query ($n: Int) { b(n: $n) }", { n: "one" }));
    expect(wrong).not.toHaveProperty("data");
    expect(wrong.errors).toHaveLength(1);
    for (const [text, name] of [["query A { a } query B { a }"], ["query A { a }", "C"]] as const)
      expect((await engine.prepare(text, name, {})).errors).toHaveLength(1);
  });
});

describe("a supergraph", () => {
  it.each([
    ["of a type that is not there", "more: Int", "more: Nothing", /Unknown type Nothing/],
    ["that extends what is not there", "\ntype Thing\n", "\nextend type Thing\n", /not defined/],
    ["with a field twice", "more: Int", "more: Int @join__field(graph: ONE)\n  more: Int", /already exists/],
    [
      "that lacks its interface's field",
      "\ntype Thing\n",
      "\ntype Thing implements Large\n",
      /does not provide/,
    ],
  ])("%s is refused before anything is planned", (_, right, wrong, words) => {
    const large = "interface Large @join__type(graph: ONE) { size: Int }";
    const supergraphSdl = `${graph.supergraphSdl.replace(right, wrong)}\n${large}`;
    expect(supergraphSdl).toContain(wrong);
    const log = { warn: () => undefined, error: () => undefined };
    const dataSource = () => ({ execute: () => Promise.reject(new Error("nobody asks")) });
    expect(() => openEngine({ supergraphSdl, dataSource, log })).toThrow(words);
  });
});
