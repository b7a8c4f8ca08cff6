import { execute, parse, type ExecutionResult } from "graphql";
import { describe, expect, it } from "vitest";
import { AnswerBudget, answerLimits } from "#shared/subgraph/answerBudget.ts";
import { exposedBehind } from "#shared/errors/exposed.ts";
import { subgraphSchema } from "#shared/subgraph/subgraphSchema.ts";

const seen: unknown[] = [];
const take = (_: unknown, args: object) => seen.push(args) > 0;
const schema = subgraphSchema(
  "notes",
  parse(`
    directive @maxLength(characters: Int!) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
    scalar DateTime
    scalar JSON
    input NoteInput { text: String tags: [String!] at: DateTime data: JSON book: String @maxLength(characters: 20000) parts: [NoteInput!] }
    type Query { take(input: NoteInput, id: ID, many: [Int!], at: DateTime): Boolean shelf: Shelf }
    type Shelf { find(text: String): Boolean }
  `),
  { Query: { take, shelf: () => ({}) }, Shelf: { find: take } },
);

describe("a subgraph's arguments", () => {
  it.each([
    ["a NUL in a text", { text: "a\u0000b" }, "text", "NUL"],
    ["half of a surrogate pair", { text: "\ud83d" }, "text", "surrogate"],
    ["a NUL in a list", { tags: ["a", "\u0000"] }, "tags[1]", "NUL"],
    [
      "a NUL in a list of inputs",
      { parts: [{}, { parts: [{ text: "\u0000" }] }] },
      "parts[1].parts[0].text",
      "NUL",
    ],
    ["a NUL within JSON", { data: { a: [{ b: "\u0000" }] } }, "data.a[0].b", "NUL"],
    ["a NUL in a name within JSON", { data: { a: { "b\u0000": 1 } } }, "data.a", "NUL"],
    ["JSON that nests too deep", { data: nested(101) }, `data${"[0]".repeat(100)}`, "deeper than 100"],
    ["a text of over 10,000 characters", { text: "x".repeat(10_001) }, "text", "at most 10000"],
    ["more than the SDL allows", { book: "x".repeat(20_001) }, "book", "at most 20000"],
    [
      "more than 1,000 items",
      { tags: Array.from({ length: 1_001 }, () => "a") },
      "tags",
      "at most 1000 items",
    ],
    ["a moment that is none", { at: "2026-02-30T00:00:00Z" }, "at", "is not a DateTime"],
    ["a moment of another type", { parts: [{ at: {} }] }, "parts[0].at", "is not a DateTime"],
  ])("refuse %s, and say where it is", async (_what, input, argument, reason) => {
    seen.length = 0;
    const { errors } = await ask("query ($input: NoteInput) { take(input: $input) }", { input });
    expect(errors?.map((error) => exposedBehind(error))).toMatchObject([
      { code: "INVALID_ARGUMENT", args: { argument, reason: expect.stringContaining(reason) as unknown } },
    ]);
    expect(errors?.[0]?.path).toEqual(["take"]);
    expect(seen).toEqual([]);
  });

  it.each([
    ['{ take(id: "a\\u0000") }', "id"],
    ['{ take(input: { text: "\\u0000" }) }', "text"],
    ['{ take(at: "now") }', "at"],
    ['{ take(input: { data: { a: "\\u0000" } }) }', "data.a"],
    ['{ shelf { find(text: "\\u0000") } }', "text"],
  ])("are looked at in the document as well, wherever the field is: %s", async (query, argument) => {
    const { errors } = await ask(query, {});
    expect(errors?.map((error) => exposedBehind(error))).toMatchObject([{ args: { argument } }]);
  });

  it("that can be stored are taken as they are", async () => {
    seen.length = 0;
    const given = {
      text: "x".repeat(10_000),
      book: "🔥".repeat(10_000),
      tags: [],
      data: nested(99),
      at: null,
    };
    const { data } = await ask("query ($input: NoteInput) { take(input: $input, many: [1]) }", {
      input: given,
    });
    expect(data).toEqual({ take: true });
    expect(seen).toEqual([{ input: given, many: [1] }]);
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}

async function ask(query: string, variableValues: object): Promise<ExecutionResult> {
  return execute({
    schema,
    document: parse(query),
    variableValues: variableValues as Record<string, unknown>,
    contextValue: { budget: new AnswerBudget(answerLimits) },
  });
}
