import { buildSchema, graphql, GraphQLError, parse, validate } from "graphql";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import {
  defineErrors,
  errorResponse,
  exposedBehind,
  maskError,
  statusOf,
  wrap,
} from "#shared/errors/exposed.ts";

const exposed = defineErrors({
  INTERNAL_ERROR: { status: 500, message: ({ traceId }: { traceId?: string }) => `Quote ${traceId}.` },
  CAT_NOT_FOUND: { status: 404, message: ({ name }: { name: string }) => `There is no cat ${name}.` },
  TOO_EARLY: { status: 409, message: () => "It is too early." },
});

interface Line {
  msg: string;
  userError?: boolean;
  err?: { message: string; stack: string };
}

function mask(error: unknown) {
  const lines: Line[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line) as Line) });
  const options = { log, traceId: "trace-1", messages: exposed.table };
  return { masked: maskError(error, options), response: () => errorResponse(error, options), lines };
}

describe("what a user hears", () => {
  it("is the sentence of the table, the code and the args; the internal message is only logged", () => {
    const { masked, lines } = mask(exposed("CAT_NOT_FOUND", "cats.id=7 has no row", { name: "Tom" }));
    expect(masked.toJSON()).toEqual({
      message: "There is no cat Tom.",
      extensions: { code: "CAT_NOT_FOUND", name: "Tom" },
    });
    expect(lines).toMatchObject([{ userError: true, msg: "cats.id=7 has no row" }]);
  });

  it("is INTERNAL_ERROR with the trace id for everything else, and the log has the cause", () => {
    const { masked, lines } = mask(wrap(new Error("password hunter2 refused"), "counting cats"));
    expect(masked.toJSON()).toEqual({
      message: "Quote trace-1.",
      extensions: { code: "INTERNAL_ERROR", traceId: "trace-1" },
    });
    expect(lines[0]?.err?.stack).toMatch(/counting cats[^]*caused by: Error: password hunter2 refused/);
  });

  it.each([
    ["a string", "s3cret"],
    ["nothing", undefined],
    [
      "a GraphQL error of a resolver",
      new GraphQLError("s3cret", { path: ["cat"], extensions: { sql: "s3cret" } }),
    ],
    [
      "a GraphQL error around a library's",
      new GraphQLError("s3cret", { originalError: new TypeError("s3cret") }),
    ],
    ["an error that only looks exposed", Object.assign(new Error("s3cret"), { code: "TOO_EARLY", args: {} })],
  ])("is nothing of %s", (_what, thrown) => {
    expect(JSON.stringify(mask(thrown).masked)).not.toContain("s3cret");
    expect(mask(thrown).masked.extensions["code"]).toBe("INTERNAL_ERROR");
  });

  it("is nothing of a code that the table does not have", () => {
    const other = defineErrors({ SECRET_PLAN: { status: 400, message: () => "the plan" } });
    expect(mask(other("SECRET_PLAN", "the plan")).masked.extensions["code"]).toBe("INTERNAL_ERROR");
  });

  it("stays where it happened in a GraphQL operation", async () => {
    const schema = buildSchema("type Query { cat: String dog: String }");
    const cat = (): never => {
      throw exposed("CAT_NOT_FOUND", "no row", { name: "Tom" });
    };
    const { errors } = await graphql({ schema, source: "{ cat }", rootValue: { cat } });
    expect(mask(errors?.[0]).masked.toJSON()).toMatchObject({
      path: ["cat"],
      locations: [{ line: 1, column: 3 }],
    });
    expect(exposedBehind(errors?.[0])?.code).toBe("CAT_NOT_FOUND");
  });

  it("is what is wrong with their own document or variables, as it is", async () => {
    const schema = buildSchema("type Query { cat(id: Int!): String }");
    const [invalid] = validate(schema, parse("{ bird }"));
    const coerced = await graphql({
      schema,
      source: "query ($id: Int!) { cat(id: $id) }",
      variableValues: { id: "seven" },
    });
    for (const error of [invalid, coerced.errors?.[0]]) {
      const { masked } = mask(error);
      expect(masked.message).toBe(error?.message);
      expect(masked.extensions).toMatchObject({ code: "BAD_REQUEST" });
      expect(statusOf(error, exposed.table)).toBe(400);
    }
  });

  it("comes from an HTTP endpoint with the status of the table", async () => {
    const response = mask(exposed("TOO_EARLY", "before six")).response();
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({ message: "It is too early.", extensions: { code: "TOO_EARLY" } });
    expect(mask(new Error("s3cret")).response().status).toBe(500);
  });
});

describe("a wrapped error", () => {
  it("keeps its cause, and an exposed one stays what it is", () => {
    const cause = new Error("refused");
    expect(wrap(cause, "counting cats")).toMatchObject({ message: "counting cats: refused", cause });
    const told = exposed("TOO_EARLY", "before six");
    expect(wrap(told, "counting cats")).toBe(told);
  });
});
