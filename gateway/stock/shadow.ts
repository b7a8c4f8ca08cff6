import { performance } from "node:perf_hooks";
import { getOperationAST, parse, visit, type DocumentNode, type GraphQLSchema } from "graphql";
import { shapeOf } from "#shared/federation/operationShape.ts";
import { rateLimited, type Log, type RateLimitedLog } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import type { Engine, EngineResult, ExecuteOptions, Prepared, PrepareOptions } from "../executor/contract.ts";
import { differencesOf, type PlainAnswer } from "./differences.ts";

/** How a sample of queries is run by another engine too. */
export interface ShadowOptions {
  /** Which part of the queries, from 0 to 1. */
  readonly rate: number;
  readonly log: Log;
}

/**
 * An engine that answers as `own` does, and runs a sample of its queries through `stock` too, once they are answered: counts whether
 * both say the same, and logs where they do not. Only while the process has time, and never for what changes anything or comes in
 * parts. Closes `stock`, which closes `own`.
 */
export function withShadow(own: Engine, stock: Engine, { rate, log }: ShadowOptions): Engine {
  const sampled = new WeakMap<Prepared, Asked>();
  const closing = new AbortController();
  const quiet = rateLimited(log, { perSeconds: 1 });
  const shadow = { stock, signal: closing.signal, log: quiet, places: { taken: 0 } };
  const shadowed = <Answer extends object>(prepared: Prepared, how: ExecuteOptions, answer: Answer) => {
    const asked = sampled.get(prepared);
    if (asked && !(Symbol.asyncIterator in answer)) compareLater(shadow, asked, how, answer);
    return answer;
  };
  return {
    ...own,
    prepare(document, name, variables, options) {
      const sample = (prepared: Prepared) => {
        const isComparable = prepared.kind === "query" && !prepared.errors;
        if (isComparable && Math.random() < rate)
          sampled.set(prepared, { document, name, variables, options });
        return prepared;
      };
      const prepared = own.prepare(document, name, variables, options);
      return prepared instanceof Promise ? prepared.then(sample) : sample(prepared);
    },
    async execute(preparing, how) {
      const prepared = await preparing;
      return shadowed(prepared, how, await own.execute(prepared, how));
    },
    async executeIncrementally(preparing, how) {
      const prepared = await preparing;
      return shadowed(prepared, how, await own.executeIncrementally(prepared, how));
    },
    async close() {
      closing.abort();
      await stock.close();
    },
  };
}

const outcomes = counter(
  "gateway_shadow_queries_total",
  "Queries that were to be run by the stock executor too, by what came of it: same, different, failed, skipped",
  ["outcome"],
);

type Outcome = "same" | "different" | "failed" | "skipped";

/** As much as the stock executor runs at a time for comparison. */
const MOST_AT_A_TIME = 2;
/** Longer answers are not compared, in characters. */
const LONGEST_ANSWER = 1_000_000;
/** How long the answer has to leave, and the event loop to show whether it has time. */
const PAUSE_MILLISECONDS = 50;
/** As with the load shedder: a loop that waits for less than this has no room. */
const IDLE_SHARE = 0.3;

interface Asked {
  readonly document: DocumentNode | string;
  readonly name: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly options: PrepareOptions | undefined;
}

interface Shadow {
  readonly stock: Engine;
  readonly signal: AbortSignal;
  readonly log: RateLimitedLog;
  readonly places: { taken: number };
}

function compareLater(shadow: Shadow, asked: Asked, how: ExecuteOptions, answer: EngineResult): void {
  const { places } = shadow;
  if (places.taken >= MOST_AT_A_TIME || how.isHeavy) return outcomes.inc({ outcome: "skipped" });
  places.taken += 1;
  const written = keepWritten(answer);
  const before = performance.eventLoopUtilization();
  const failed = (error: unknown): Outcome => {
    shadow.log.warn({ err: error }, "The stock executor failed");
    return "failed";
  };
  const begin = async () => {
    const { utilization } = performance.eventLoopUtilization(before);
    const isBusy = 1 - utilization < IDLE_SHARE;
    const outcome = isBusy ? "skipped" : await compared(shadow, asked, how, written()).catch(failed);
    places.taken -= 1;
    outcomes.inc({ outcome });
  };
  setTimeout(() => void begin(), PAUSE_MILLISECONDS).unref();
}

async function compared(
  { stock, signal, log }: Shadow,
  { document: source, name, variables, options }: Asked,
  { headersFor, deadline, owner }: ExecuteOptions,
  ours: string | null,
): Promise<Outcome> {
  if (signal.aborted || ours === null || ours.length > LONGEST_ANSWER) return "skipped";
  const document = typeof source === "string" ? parse(source) : source;
  const said = { operation: hashOf(stock.apiSchema, document, name) };
  const prepared = await stock.prepare(document, name, variables, options);
  const theirs = textOf(await stock.execute(prepared, { headersFor, deadline, owner, signal }));
  if (signal.aborted) return "skipped";
  const answers = [JSON.parse(ours) as PlainAnswer, JSON.parse(theirs) as PlainAnswer] as const;
  const differences = differencesOf(...answers, namesIn(document));
  if (!differences) return "same";
  // What was not to be reached this time says nothing of how it is answered.
  const [isPartial, wasPartial] = [lacksSubgraph(answers[1]), lacksSubgraph(answers[0])];
  if (prepared.errors || (isPartial && !wasPartial)) {
    log.warn(said, "The stock executor could not answer an operation");
    return "failed";
  }
  log.warn({ ...said, ...differences }, "The stock executor answers an operation otherwise");
  return "different";
}

function lacksSubgraph({ errors = [] }: PlainAnswer): boolean {
  return errors.some(({ extensions }) => extensions?.code === "SUBGRAPH_UNAVAILABLE");
}

// An answer may be written once, and that is the client's: what is written for it is kept. Null while it is not.
function keepWritten(answer: EngineResult): () => string | null {
  const { stringify } = answer;
  if (!stringify) return () => textOf(answer);
  let written: string | Buffer | null = null;
  answer.stringify = (result) => (written = stringify(result));
  return () => written && String(written);
}

function textOf(result: EngineResult): string {
  return String(result.stringify?.(result) ?? JSON.stringify(result));
}

// The same that usage is recorded under: of the operation's shape, so that nothing of its values is in it.
function hashOf(schema: GraphQLSchema, document: DocumentNode, name: Asked["name"]): string | null {
  const operation = getOperationAST(document, name);
  return operation ? shapeOf(schema, document, operation).hash : null;
}

function namesIn(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(document, { Field: ({ alias, name }) => void names.add((alias ?? name).value) });
  return names;
}
