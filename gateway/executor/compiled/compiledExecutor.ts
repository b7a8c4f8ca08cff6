import type { GraphQLSchema } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import { parseLossless } from "#shared/graphql/losslessJson.ts";
import type { AnswerBudget } from "../subgraphs/answerBudget.ts";
import { EntityFetchCache } from "../subgraphs/entityFetchCache.ts";
import { entitiesIn, type SubgraphFetch } from "../subgraphs/subgraphFetch.ts";
import { canGenerate, fallBack, FALLBACK } from "./codeGeneration.ts";
import type { PlannedOperation } from "../operation/planOperation.ts";
import type { PlannedFetch } from "../operation/plannedFetch.ts";
import type { EngineResult } from "../contract.ts";
import { interpret } from "../interpreter/interpreter.ts";
import { compilePlan, type CompiledPlanFetch, type CompiledPlan } from "./compiledPlan.ts";
import { answerReaders, compileReader, type DataReader } from "./compiledReader.ts";
import type { AnswerReaders } from "../subgraphs/subgraphFetch.ts";
import { compileRenderer, TooMuchText, type Renderer } from "./compiledRenderer.ts";
import type { SupergraphFacts } from "../planning/supergraphFacts.ts";
import type { Run } from "../interpreter/run.ts";

/** An operation compiled for the case that all goes well. */
export interface GeneratedExecutor {
  readonly plan: CompiledPlan;
  readonly fetchCount: number;
  readonly render: Renderer;
  /** What reads the answers of each fetch with their leaves as they are; null where some cannot be read so. */
  readonly readers: AnswerReaders | null;
  readonly rawReading: PauseAfterFailures;
}

/**
 * Compiles an operation for the compiled executor, which writes about so many bytes at most; null for what only the interpreter does. Yields
 * after each piece of work, of which a large operation has many.
 */
export function* compileExecutor(
  operation: PlannedOperation,
  { apiSchema: schema, dataSchema, facts }: CompiledSchemas,
  mostBytes: number,
): Generator<void, GeneratedExecutor | null> {
  const [part, ...others] = operation.parts;
  if (!canGenerate || operation.kind !== "query" || operation.introspection || operation.denied.size)
    return null;
  if (!part?.plan || others.length || part.plan.kind === "Subscription") return null;
  const compiled = compilePlan(part.plan, part.fetches, dataSchema, facts);
  if (!compiled) return null;
  yield;
  const { rootFields, rootType, selections } = operation;
  const render = compileRenderer(rootFields, rootType, selections, {
    schema,
    sources: compiled.sources,
    mostBytes,
  });
  if (!render) return null;
  yield;
  const readers = yield* readersOf(part.fetches.values(), dataSchema);
  return { ...compiled, render, readers, rawReading: new PauseAfterFailures() };
}

/** What operations are compiled by. */
interface CompiledSchemas {
  readonly apiSchema: GraphQLSchema;
  readonly dataSchema: GraphQLSchema;
  readonly facts: SupergraphFacts;
}

function* readersOf(
  fetches: Iterable<PlannedFetch>,
  schema: GraphQLSchema,
): Generator<void, GeneratedExecutor["readers"]> {
  const readers = new Map<string, DataReader>();
  for (const fetch of fetches) {
    const read = readers.get(fetch.key) ?? compileReader(fetch, schema);
    if (!read) return null;
    readers.set(fetch.key, read);
    yield;
  }
  return answerReaders(readers);
}

/** When to try again what may fail for long: after each failure in a row it is left alone for twice as many turns. */
class PauseAfterFailures {
  #failures = 0;
  #turnsToSkip = 0;

  isTurn(): boolean {
    if (this.#turnsToSkip === 0) return true;
    this.#turnsToSkip -= 1;
    return false;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures = Math.min(this.#failures + 1, 10);
    this.#turnsToSkip = 2 ** this.#failures;
  }
}

/** What a run has so far: the objects each fetch brought, and all answers. */
interface CompiledRun {
  readonly fetched: Data[][];
  readonly fetchCache: EntityFetchCache;
  readonly root: Linked;
  /** Whether leaves are kept as they were answered. */
  readonly isRaw: boolean;
  /** Whether no string of any answer needs to be escaped. */
  isPlain: boolean;
  /** Whether every answer is ASCII throughout. */
  isAscii: boolean;
}

/**
 * Runs an operation as if nothing could go wrong: first as if all answers were written as expected too, then with what they say. Where
 * something does go wrong, the interpreter goes on with the answers there are.
 */
export async function runCompiled(compiled: GeneratedExecutor, run: Run): Promise<EngineResult> {
  const { budget } = run.client;
  const fetchCache = new EntityFetchCache(run.client, run.variables);
  return (
    (await runRaw(compiled, fetchCache, budget)) ??
    (await attempt(compiled, fetchCache, budget, false)) ??
    interpret(run, fetchCache)
  );
}

async function runRaw(
  compiled: GeneratedExecutor,
  fetchCache: EntityFetchCache,
  budget: AnswerBudget,
): Promise<EngineResult | null> {
  const { readers, rawReading } = compiled;
  if (!readers || !rawReading.isTurn()) return null;
  fetchCache.readers = readers;
  const result = await attempt(compiled, fetchCache, budget, true);
  fetchCache.readers = null;
  if (result) rawReading.succeeded();
  else rawReading.failed();
  return result;
}

/** Null where something is not as it is assumed to be. */
async function attempt(
  compiled: GeneratedExecutor,
  fetchCache: EntityFetchCache,
  budget: AnswerBudget,
  isRaw: boolean,
): Promise<EngineResult | null> {
  const state: CompiledRun = {
    fetched: Array.from({ length: compiled.fetchCount }, () => []),
    fetchCache,
    root: {},
    isRaw,
    isPlain: true,
    isAscii: true,
  };
  try {
    await carryOut(compiled.plan, state);
    const { isPlain, isAscii } = state;
    const text = compiled.render(state.root, isRaw ? "raw" : isPlain ? "plain" : "parsed");
    budget.countOutput(text.length);
    // What was escaped in an answer that is ASCII is still so in a raw text, and is not in a plain one.
    return written(text, isAscii && (isRaw || isPlain) ? "latin1" : "utf8");
  } catch (error) {
    // What of it goes on is not waited for.
    fetchCache.stopMerging();
    if (error === FALLBACK) return null;
    // As many bytes as there may be are told already, and this is one more.
    if (error instanceof TooMuchText) budget.countOutput(error.bytes);
    throw error;
  }
}

function carryOut(plan: CompiledPlan, state: CompiledRun): Promise<unknown> {
  switch (plan.kind) {
    case "sequence":
      return inTurn(plan.plans, state);
    case "parallel":
      return Promise.all(plan.plans.map((inner) => carryOut(inner, state)));
    case "root":
      return fetchRoot(plan.fetch, state);
    case "entities":
      return fetchEntities(plan.fetch, state);
  }
}

async function inTurn(plans: readonly CompiledPlan[], state: CompiledRun): Promise<void> {
  for (const plan of plans) await carryOut(plan, state);
}

async function fetchRoot({ index, fetch, link }: CompiledPlanFetch, state: CompiledRun): Promise<void> {
  const subgraphFetch = state.fetchCache.root(fetch);
  await subgraphFetch.settled;
  const data = dataOf(subgraphFetch, state);
  state.root[link] = data;
  note(subgraphFetch, state);
  state.fetched[index] = [data];
}

async function fetchEntities(compiled: CompiledPlanFetch, state: CompiledRun): Promise<void> {
  const { index, fetch, source, link, find, represent } = compiled;
  const fetched: Data[] = [];
  state.fetched[index] = fetched;
  const objects = find(state.fetched[source] ?? []);
  const { texts, places } = represent?.(objects, state.isRaw) ?? fallBack();
  if (!texts.length) return state.fetchCache.skip(fetch);
  for (const { subgraphFetch, index: entityIndex } of state.fetchCache.entities(fetch, texts)) {
    if (!subgraphFetch.isSettled) await subgraphFetch.settled;
    const entity = entitiesIn(dataOf(subgraphFetch, state))[entityIndex] as Data | null;
    if (typeof entity !== "object" || entity === null) return fallBack();
    fetched.push(entity);
    note(subgraphFetch, state);
  }
  for (let i = 0; i < objects.length; i++) {
    const place = places[i] as number;
    if (place >= 0) (objects[i] as Linked)[link] = fetched[place];
  }
}

function note(subgraphFetch: SubgraphFetch, state: CompiledRun): void {
  state.isPlain &&= state.isRaw || subgraphFetch.isPlain;
  state.isAscii &&= subgraphFetch.isAscii;
}

/** An object that keeps what fetches brought for it. */
type Linked = Record<symbol, Data | undefined>;

/**
 * A result that is its text; the data is read from it when somebody looks. Whoever writes it takes the text away: a result is held on
 * to for longer than its answer takes, by the server and by the collector, and the text is by far the largest part of it. It is taken
 * as bytes: a server that is given a string measures it, joins it to the headers and then encodes all of it, which is twice the work.
 */
function written(text: string, encoding: "latin1" | "utf8"): EngineResult {
  let left: string | null = text;
  let data: Data | undefined;
  const result: EngineResult = {
    get data() {
      return (data ??= parseLossless(left ?? taken()) as Data);
    },
    stringify(one) {
      if (one !== result || data) return JSON.stringify(one);
      const whole = Buffer.from(`{"data":${left ?? taken()}}`, encoding);
      left = null;
      return whole;
    },
  };
  return result;
}

function taken(): never {
  throw new Error("An answer was asked for after it had been written.");
}

function dataOf(subgraphFetch: SubgraphFetch, { isRaw }: CompiledRun): Data {
  if (isRaw) return subgraphFetch.raw ?? fallBack();
  const { failure, errors, data } = subgraphFetch.outcome;
  return failure || errors.length || !data ? fallBack() : data;
}
