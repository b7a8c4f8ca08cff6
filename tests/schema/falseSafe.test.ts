import fc from "fast-check";
import { getOperationAST, getVariableValues, parse, validate, validateSchema } from "graphql";
import { expect, it } from "vitest";
import type { ComparedGraph } from "../../scripts/schema/changes.ts";
import { openPermissions } from "../../gateway/permissions.ts";
import { changed, randomModel, sdlOf } from "./randomChanges.ts";
import { randomOperation, type RandomOperation } from "./randomOperations.ts";
import { graphOf, gravest, supergraphOf, verdictOf } from "./verdicts.ts";

const SCHEMAS = 3_000;
const CHANGES = 4;

it("nothing is called safe that a known operation notices", async () => {
  const seen = { breaking: 0, dangerous: 0, safe: 0 };
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (g) => {
      const model = randomModel(g);
      const before = sdlOf(model);
      const was = fit(before);
      fc.pre(was !== null);
      const operation = randomOperation(was.apiSchema, g);
      const then = outcome(was, before, operation);
      expect(then.errors).toEqual([]);

      for (let n = 0; n < CHANGES; n++) {
        const after = sdlOf(changed(model, g));
        const is = fit(after);
        if (!is) continue;
        const verdict = gravest((await verdictOf(was, is, [operation.text])).findings);
        seen[verdict] += 1;
        if (verdict === "breaking") continue;
        const now = outcome(is, after, operation);
        // What is dangerous may come to other values, though not to an error.
        const values = verdict === "safe" ? now.variables : then.variables;
        expect({ ...now, variables: values }).toEqual(then);
      }
    }),
    { numRuns: SCHEMAS, verbose: 1 },
  );
  const pairs = Object.values(seen).reduce((sum, count) => sum + count, 0);
  // Not everything may be called breaking, either.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(pairs / 100);
  expect(pairs).toBeGreaterThan(10_000);
}, 300_000);

// Bits that are put together at random come to a schema often, and not always.
function fit(sdl: string): ComparedGraph | null {
  try {
    const graph = graphOf(sdl);
    return validateSchema(graph.apiSchema).length === 0 ? graph : null;
  } catch {
    return null;
  }
}

// What becomes of an operation: whether it is valid, what its variables are coerced to, and what it needs.
function outcome({ apiSchema: schema }: ComparedGraph, sdl: string, { text, variables }: RandomOperation) {
  const document = parse(text);
  const operation = getOperationAST(document)!;
  const errors = validate(schema, document).map(({ message }) => message);
  if (errors.length > 0) return { errors };
  const { coerced, errors: ofVariables } = getVariableValues(schema, operation.variableDefinitions ?? [], {
    ...variables,
  });
  const permissions = openPermissions(parse(supergraphOf(sdl)), schema);
  const needs = [...permissions.needsOf(document, operation).needs].sort();
  return { errors, ofVariables, needs, variables: coerced };
}
