import { buildSchema, execute, parse, type ExecutionResult } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AnswerBudget, budgetSchema, type AnswerLimits } from "#shared/subgraph/answerBudget.ts";
import { librarian, openLibrary, type OpenLibrary } from "./library/openLibrary.ts";

describe("an answer of a subgraph", () => {
  let library: OpenLibrary;
  beforeAll(async () => {
    library = await openLibrary();
    await library.shelve(Array.from({ length: 100 }, () => ({ stars: 1 })));
  });
  afterAll(() => library.close());

  const ask = (query: string) => {
    const headers = library.headersOf(librarian);
    return library.subgraph.execute({ query, variables: {}, headers });
  };
  const nested = (levels: number): string =>
    `books(first: 100) { nodes { title ${levels ? `shelf { ${nested(levels - 1)} }` : ""} } }`;

  it("may be ten thousand objects, and is refused before it is a million", async () => {
    const { data, errors } = await ask(`{ ${nested(1)} }`);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data).match(/title/g)).toHaveLength(10_100);
    for (const levels of [2, 3]) {
      const { data: none, errors: refused, ...rest } = await ask(`{ ${nested(levels)} }`);
      expect([none, rest]).toEqual([undefined, {}]);
      expect(refused).toMatchObject([
        { extensions: { code: "ANSWER_TOO_LARGE", limit: "objects", maximum: 50_000 } },
      ]);
    }
  });

  it("that is refused asks for nothing more", async () => {
    const before = library.database.statements();
    await ask(`{ ${nested(2)} }`);
    const asked = library.database.statements() - before;
    const again = library.database.statements();
    await ask(`{ ${nested(5)} }`);
    expect(library.database.statements() - again).toBe(asked);
    expect((await ask("{ greeting }")).data).toEqual({ greeting: "Good evening" });
  });
});

describe("what is counted of an answer", () => {
  const schema = buildSchema(`
    scalar JSON
    type Query { rows(count: Int!): [Row!]! row: Row texts(count: Int!): [String!]! grid(size: Int!): [[Row!]!]! }
    type Row { text(length: Int!): String later(length: Int!): String json(length: Int!): JSON number: Int rows(count: Int!): [Row!]! }
  `);
  budgetSchema(schema);
  const payload = { a: "x".repeat(90) };
  const row = {
    text: ({ length }: { length: number }) => "x".repeat(length),
    later: async ({ length }: { length: number }) => "x".repeat(length),
    json: ({ length }: { length: number }) => Array.from({ length }, () => payload),
    number: 1,
    rows: ({ count }: { count: number }) => Array.from({ length: count }, () => row),
  };
  const rootValue = {
    row,
    rows: row.rows,
    texts: ({ count }: { count: number }) => Array.from({ length: count }, () => "x".repeat(10)),
    grid: ({ size }: { size: number }) =>
      Array.from({ length: size }, () => Array.from({ length: size }, () => row)),
  };
  const run = async (query: string, limits: AnswerLimits): Promise<ExecutionResult> => {
    const budget = new AnswerBudget(limits);
    return execute({ schema, document: parse(query), rootValue, contextValue: { budget } });
  };

  it.each<[string, string, string, Partial<AnswerLimits>]>([
    ["each object", "{ row { number } }", "{ row { number } other: row { number } }", { objects: 1 }],
    [
      "each item of a list",
      "{ rows(count: 9) { number } }",
      "{ rows(count: 11) { number } }",
      { objects: 10 },
    ],
    ["lists in lists", "{ grid(size: 2) { number } }", "{ grid(size: 3) { number } }", { objects: 10 }],
    [
      "lists of lists",
      "{ row { rows(count: 8) { number } } }",
      "{ rows(count: 4) { rows(count: 2) { number } } }",
      { objects: 10 },
    ],
    ["texts", "{ row { text(length: 100) } }", "{ row { text(length: 101) } }", { bytes: 100 }],
    [
      "texts that come later",
      "{ row { later(length: 100) } }",
      "{ row { later(length: 101) } }",
      { bytes: 100 },
    ],
    [
      "texts of several fields",
      "{ row { a: text(length: 50) b: text(length: 50) } }",
      "{ row { a: text(length: 50) b: text(length: 51) } }",
      { bytes: 100 },
    ],
    ["lists of texts", "{ texts(count: 10) }", "{ texts(count: 11) }", { bytes: 100, objects: 100 }],
    ["JSON", "{ row { json(length: 9) } }", "{ row { json(length: 11) } }", { bytes: 1_000 }],
  ])("is %s", async (_what, below, above, limits) => {
    const all = { objects: 1_000, bytes: 1_000_000, rowBytes: 1_000_000, ...limits };
    expect((await run(below, all)).errors).toBeUndefined();
    expect((await run(above, all)).errors?.[0]?.originalError).toMatchObject({ code: "ANSWER_TOO_LARGE" });
  });
});
