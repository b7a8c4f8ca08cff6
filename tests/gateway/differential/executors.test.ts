import fc from "fast-check";
import { parse, validate, type GraphQLSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { openEngine } from "../../../gateway/executor/engine.ts";
import type { EngineResult, DataSource } from "../../../gateway/executor/contract.ts";
import { localSource, plain, stockGateway, testGraph } from "../support/testGraph.ts";
import { facts, graphOf, operation, type Facts } from "./generatedGraph.ts";

const runs = Number(process.env["DIFFERENTIAL_RUNS"] ?? 100);
const quiet = { warn: () => undefined, error: () => undefined };

// Answers that differ from the truth the way a faulty subgraph's do, the same way each time for the same question,
// whichever entities are asked for together.
function spoiled(source: DataSource, fault: number): DataSource {
  return {
    async execute(request) {
      const answer = await source.execute(request);
      let hash = fault;
      for (let index = 0; index < request.query.length; index++) {
        hash = (hash * 31 + request.query.charCodeAt(index)) >>> 0;
      }
      const text = answer.text as string;
      switch (hash % 12) {
        case 0:
          return { status: 500, text: "<html>oops</html>" };
        case 1:
          return { ...answer, text: text.slice(0, text.length >> 1) };
        case 2:
          return { ...answer, text: text.replace(/"(title|name|text)":"[^"]*"/g, '"$1":17') };
        case 3:
          return {
            ...answer,
            text: text.replace(/"__typename":"(Person|Organization|Book)"/g, '"__typename":"Nobody"'),
          };
        case 4:
          return { ...answer, text: text.replace(/"(stars|age|strictTitle)":[^,}]*/g, '"$1":null') };
        case 5:
          return {
            ...answer,
            text: JSON.stringify({ errors: [{ message: "no", path: ["books"] }], data: null }),
          };
        case 6:
          throw new Error("connection lost");
        default:
          return answer;
      }
    },
  };
}

function ordered(result: EngineResult) {
  const { data, errors = [] } = plain(result);
  const told = errors.map(({ message, path }) => JSON.stringify({ message, path })).sort();
  return { data: JSON.stringify(data), errors: told };
}

let now: Facts = { books: [], authors: [] };
const graph = testGraph(graphOf(() => now));
const validated = (query: string) => expect(validate(graph.engine.apiSchema, parse(query))).toEqual([]);

describe("the executors", () => {
  let fault: number | null = null;
  const { supergraphSdl } = graph;
  const opened = (executors: "both" | "interpreter", readsRaw = false) =>
    openEngine({
      supergraphSdl,
      executors,
      // What is spoiled depends on the question; merging.test.ts has what is asked for together.
      mergesFetches: false,
      log: quiet,
      limits: { failuresToOpenCircuit: Infinity, evaluatedPlans: 50, usesBeforeCompiling: 0 },
      dataSource(name) {
        const local = localSource(graph.schemas.get(name) as GraphQLSchema);
        return {
          async execute(request) {
            const answer = await (fault === null ? local : spoiled(local, fault)).execute(request);
            return { ...answer, isPrintable: readsRaw };
          },
        };
      },
    });
  const engines = [opened("both", true), opened("both"), opened("interpreter")];

  it("answer the same, whatever the data and whatever goes wrong with a subgraph", async () => {
    await fc.assert(
      fc.asyncProperty(facts, operation, fc.option(fc.nat(1000)), async (known, query, spoiling) => {
        [now, fault] = [known, spoiling];
        validated(query);
        const results = [];
        for (const engine of engines) {
          const prepared = engine.prepare(query, null, {});
          results.push(
            ordered(await engine.execute(prepared, { headersFor: () => ({}), deadline: Date.now() + 5_000 })),
          );
        }
        expect(results[0]).toEqual(results[1]);
        expect(results[1]).toEqual(results[2]);
      }),
      { numRuns: runs },
    );
  }, 120_000);
});

describe("the stock gateway", () => {
  it("answers the same data, and has an error where ours has", async () => {
    const stock = await stockGateway(graph);
    await fc.assert(
      fc.asyncProperty(facts, operation, async (known, query) => {
        now = known;
        validated(query);
        const ours = plain(await graph.run(query));
        const theirs = await stock(query);
        expect(JSON.stringify(ours.data)).toBe(JSON.stringify(theirs.data));
        // Of a null that may not be, stock tells in an extension of its own; ours in an error with a path. Of a value no client
        // sees, stock tells in that extension as well; to ours it is a null like any other.
        const completed = (theirs.extensions?.["valueCompletion"] ?? []) as readonly { message: string }[];
        const nulls = completed.filter(({ message }) => !message.startsWith("Invalid value found for field"));
        expect(Boolean(ours.errors?.length)).toBe(Boolean(theirs.errors?.length) || nulls.length > 0);
      }),
      { numRuns: runs },
    );
  }, 120_000);
});
