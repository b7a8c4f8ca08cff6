import fc from "fast-check";
import type { GraphQLSchema } from "graphql";
import { afterAll, expect, it } from "vitest";
import type { DataSource } from "../../../gateway/executor/contract.ts";
import { openEngine } from "../../../gateway/executor/engine.ts";
import { localSource, plain, testGraph, type PlainResult } from "../support/testGraph.ts";
import { facts, graphOf, operation, type Facts } from "./generatedGraph.ts";

const runs = Number(process.env["DIFFERENTIAL_RUNS"] ?? 100);
const quiet = { warn: () => undefined, error: () => undefined };
const isMerged = (query: string) => query.includes("_1:_entities");

/** What one of the subgraphs does to each request, whatever is asked; or to those alone that ask for several lists of entities. */
const faults = {
  none: (answer) => answer(),
  "answers 500": async () => ({ status: 500, text: "oops" }),
  "breaks off": async () => {
    throw new Error("connection lost");
  },
  "answers an error alone": async () => ({ status: 200, text: '{"errors":[{"message":"no"}],"data":null}' }),
  "refuses aliases": (answer, query) =>
    isMerged(query) ? Promise.resolve({ status: 400, text: '{"errors":[{"message":"aliases"}]}' }) : answer(),
  "answers several with nothing": (answer, query) =>
    isMerged(query) ? Promise.resolve({ status: 200, text: '{"data":{"_0":[],"_1":null}}' }) : answer(),
} as const satisfies Record<
  string,
  (answer: () => ReturnType<DataSource["execute"]>, query: string) => ReturnType<DataSource["execute"]>
>;
type Fault = keyof typeof faults;

let now: Facts = { books: [], authors: [] };
let fault: { readonly subgraph: string; readonly kind: Fault };
let [calls, merged] = [0, 0];
const graph = testGraph(graphOf(() => now));
const opened = (mergesFetches: boolean, executors: "both" | "interpreter") =>
  openEngine({
    supergraphSdl: graph.supergraphSdl,
    executors,
    mergesFetches,
    log: quiet,
    limits: { failuresToOpenCircuit: Infinity, evaluatedPlans: 50, usesBeforeCompiling: 0 },
    dataSource(name) {
      const local = localSource(graph.schemas.get(name) as GraphQLSchema);
      return {
        execute(request) {
          calls += 1;
          if (isMerged(request.query)) merged += 1;
          const answer = () => local.execute(request);
          return fault.subgraph === name ? faults[fault.kind](answer, request.query) : answer();
        },
      };
    },
  });
const engines = [opened(true, "both"), opened(true, "interpreter"), opened(false, "both")];
afterAll(async () => {
  await Promise.all([graph.engine, ...engines].map((engine) => engine.close()));
});

// An error without a path is told where all lies that was asked for together, once.
function told(errors: NonNullable<PlainResult["errors"]>): readonly string[] {
  if (fault.kind === "answers an error alone")
    return [...new Set(errors.map(({ message }) => message))].sort();
  return errors.map(({ message, path }) => JSON.stringify({ message, path })).sort();
}

it("answers the same whether fetches are asked for together or not, whatever the data and whatever goes wrong with a subgraph", async () => {
  const faulty = fc.record({
    subgraph: fc.constantFrom("catalogue", "people", "reviews", "stock"),
    kind: fc.constantFrom(...(Object.keys(faults) as Fault[])),
  });
  const asked = engines.map(() => 0);
  await fc.assert(
    fc.asyncProperty(facts, operation, faulty, async (known, query, with_) => {
      [now, fault] = [known, with_];
      const results = [];
      for (const [index, engine] of engines.entries()) {
        const before = calls;
        const how = { headersFor: () => ({}), deadline: Date.now() + 5_000 };
        const { data, errors = [] } = plain(await engine.execute(engine.prepare(query, null, {}), how));
        if (fault.kind === "none") asked[index]! += calls - before;
        results.push({
          data: JSON.stringify(data),
          errors: told(errors),
        });
      }
      expect(results[0]).toEqual(results[2]);
      expect(results[1]).toEqual(results[2]);
    }),
    { numRuns: runs },
  );
  expect(merged).toBeGreaterThan(0);
  expect(asked[0]).toBeLessThan(asked[2]!);
  expect(asked[1]).toBeLessThan(asked[2]!);
}, 120_000);
