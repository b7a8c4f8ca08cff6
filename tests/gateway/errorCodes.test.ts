import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isCodeForCallers } from "../../gateway/errors.ts";
import type { SubgraphRequest } from "../../gateway/executor/engine.ts";
import { openTestGateway, type StorySubgraph, type TestGateway } from "./support/testGateway.ts";

const told = (message: string, code?: string) => Object.assign(new Error(message), { extensions: { code } });

/** A subgraph of somebody else, which answers what its schema does not allow and has codes of its own. */
const shop: StorySubgraph = {
  name: "shop",
  sdl: `type Query {
      book: Book @public title: String @public moment: Moment @public color: Color @public
      coded(code: String): Int @public uncoded: Int @public
    }
    type Book { title: String! lines: [Line!] }
    type Line { text: String! }
    scalar Moment
    enum Color { RED }`,
  resolvers: {
    Query: {
      book: () => ({}),
      coded: (_: unknown, { code }: { code: string }) => Promise.reject(told("the password is 1234", code)),
      uncoded: () => Promise.reject(told("the password is 1234")),
    },
  },
};

/** What the subgraph answers instead, by what it is asked for. */
const answers: Readonly<Record<string, object>> = {
  title: { data: { title: 5 } },
  lines: { data: { book: { lines: [{ text: "a" }, null, { text: "c" }] } } },
  moment: {
    data: { moment: 1 },
    errors: [{ message: "the password is 1234", extensions: { code: "SLOW" } }],
  },
  color: { data: { color: "BLUE" } },
  nothing: {},
};

const raw = {
  dataSource: (_name: string, url: string) => ({
    async execute({ query, bodyText }: SubgraphRequest) {
      const wanted = Object.keys(answers).find((name) => query.includes(name) && !query.includes("coded"));
      if (wanted) return { status: 200, result: answers[wanted] };
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: bodyText,
      });
      return { status: response.status, result: (await response.json()) as object };
    },
  }),
};

let known: TestGateway;
let all: TestGateway;
beforeAll(async () => {
  known = await openTestGateway({ subgraphs: [shop], gateway: raw });
  all = await openTestGateway({ subgraphs: [shop], env: { SUBGRAPH_ERRORS: "all" }, gateway: raw });
});
afterAll(() => Promise.all([known.close(), all.close()]));

describe("The code of an error", () => {
  it("that only the executor knows reaches nobody, and neither do its words", async () => {
    for (const gateway of [known, all]) {
      for (const [query, path] of [
        ["{ title }", ["title"]],
        ["{ book { lines { text } } }", ["book", "lines", 1]],
        ["{ color }", ["color"]],
      ] as const) {
        const { status, errors, text } = await gateway.ask(query);
        expect([status, errors.map((error) => [error.path, error.extensions["code"]])]).toEqual([
          200,
          [[path, "INTERNAL_ERROR"]],
        ]);
        expect(text).not.toMatch(/SUBGRAPH_ANSWER|was answered|non-nullable|Query\.|Book\.|Line\./);
        expect(gateway.logged.join()).toMatch(/was answered with|Cannot return null/);
      }
    }
  });

  it.each([
    "TENANT_GONE",
    "PG_23505",
    "SUBGRAPH_ERROR",
    "SUBGRAPH_ANSWER_INVALID",
    "GRAPHQL_VALIDATION_FAILED",
  ])("that a subgraph made up is hidden, and told where all of its errors are to be: %s", async (code) => {
    const query = `{ coded(code: "${code}") }`;
    const hidden = await known.ask(query);
    expect(hidden.text).not.toContain("1234");
    expect(hidden.errors).toMatchObject([{ path: ["coded"], extensions: { code: "INTERNAL_ERROR" } }]);
    const [open] = (await all.ask(query)).errors;
    expect(open).toMatchObject({ message: "the password is 1234", extensions: { code, subgraph: "shop" } });
  });

  it("of an error that says of no field that it is about it is hidden all the same, and costs nothing else", async () => {
    const { status, errors, text } = await known.send("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
      body: JSON.stringify({ query: "{ moment }" }),
    });
    expect([status, (JSON.parse(text) as { data: unknown }).data]).toEqual([200, { moment: 1 }]);
    expect(text).not.toContain("1234");
    expect(errors.map(({ extensions }) => extensions["code"])).toEqual(["INTERNAL_ERROR"]);
  });

  it("is one of a closed list, whatever is asked for", async () => {
    const queries = [
      "{ uncoded }",
      '{ coded(code: "X") }',
      "{",
      "{ no }",
      "query A { title } query B { title }",
    ];
    const bodies = [
      ...queries.map((query) => ({ query })),
      {},
      { query: 5 },
      { query: "{ title }", extra: 1 },
    ];
    for (const body of bodies) {
      const { errors } = await known.send("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const codes = errors.map(({ extensions }) => extensions["code"]);
      expect(codes.filter((code) => !isCodeForCallers(code))).toEqual([]);
      expect(codes.length).toBeGreaterThan(0);
    }
  });
});
