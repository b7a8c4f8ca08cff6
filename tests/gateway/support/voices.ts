import { parse, validate } from "graphql";
import { expect } from "vitest";
import { openEngine } from "../../../gateway/executor/engine.ts";
import { openStockEngine } from "../../../gateway/stock/stockEngine.ts";
import {
  localSource,
  plain,
  stockGateway,
  testGraph,
  type PlainResult,
  type TestSubgraph,
} from "./testGraph.ts";

/** A graph asked by three voices: both executors of ours, its interpreter alone, and the stock gateway. */
export interface Voices {
  /** Asserts that all voices give this data, and that those of ours have errors at these paths and nowhere else. */
  agree(query: string, data: unknown, options?: AgreeOptions): Promise<void>;
  /** Asserts that no voice answers this: there is no data, and an error says so. */
  refuse(query: string): Promise<void>;
  /** Asserts that the API schema does not allow this, with these words. */
  reject(query: string, words: RegExp): void;
}

export interface AgreeOptions {
  readonly variables?: Record<string, unknown>;
  readonly errorsAt?: readonly string[];
  /** Why the stock gateway answers otherwise; it is then not heard. */
  readonly stockDiffers?: string;
  /** Why it answers otherwise with EXECUTOR=stock. */
  readonly servedDiffers?: string;
}

const quiet = { warn: () => undefined, error: () => undefined };

/** Opens the voices over these subgraphs. */
export function voicesOver(subgraphs: readonly TestSubgraph[]): Voices {
  const graph = testGraph(subgraphs);
  const sourceOf = (name: string) => localSource(graph.schemas.get(name) as never);
  const exact = openEngine({
    supergraphSdl: graph.supergraphSdl,
    log: quiet,
    executors: "interpreter",
    dataSource: sourceOf,
  });
  const stock = stockGateway(graph);
  // The same beneath our completion of answers, as EXECUTOR=stock serves it.
  const served = openStockEngine(
    { supergraphSdl: graph.supergraphSdl, log: quiet, limits: { evaluatedPlans: 50 }, dataSource: sourceOf },
    graph.engine,
  );
  return {
    async agree(query, data, { variables = {}, errorsAt = [], stockDiffers, servedDiffers } = {}) {
      expect(validate(graph.engine.apiSchema, parse(query))).toEqual([]);
      const both = plain(await graph.run(query, variables));
      const prepared = exact.prepare(query, null, variables);
      const alone = plain(
        await exact.execute(prepared, { headersFor: () => ({}), deadline: Date.now() + 5_000 }),
      );
      for (const result of [both, alone]) {
        expect(result.data).toEqual(data);
        expect(pathsOf(result)).toEqual([...errorsAt].sort());
      }
      if (stockDiffers) return;
      const theirs = await (await stock)(query, variables);
      expect(theirs.data).toEqual(data);
      if (servedDiffers) return;
      const behindOurs = plain(
        await served.execute(served.prepare(query, null, variables), {
          headersFor: () => ({}),
          deadline: Date.now() + 5_000,
        }),
      );
      expect(behindOurs.data).toEqual(data);
      expect(pathsOf(behindOurs)).toEqual([...errorsAt].sort());
    },
    reject(query, words) {
      const errors = validate(graph.engine.apiSchema, parse(query));
      expect(errors.map(({ message }) => message).join("\n")).toMatch(words);
    },
    async refuse(query) {
      expect(validate(graph.engine.apiSchema, parse(query))).toEqual([]);
      const deadline = Date.now() + 5_000;
      const alone = await exact.execute(exact.prepare(query, null, {}), { headersFor: () => ({}), deadline });
      for (const { data, errors = [] } of [plain(await graph.run(query)), plain(alone)]) {
        expect(data ?? null).toBeNull();
        expect(errors).not.toEqual([]);
      }
      const theirs = await stock.then((ask) => ask(query, {})).catch(() => ({ data: null }));
      expect(theirs.data ?? null).toBeNull();
    },
  };
}

function pathsOf({ errors = [] }: PlainResult): string[] {
  return errors.map(({ path }) => path?.join(".") ?? "").sort();
}
