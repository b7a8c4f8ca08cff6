import type { GraphQLSchema } from "graphql";
import type { Data } from "#shared/graphql/data.ts";
import type { AnswerBudget } from "../subgraphs/answerBudget.ts";
import { Answers, entitiesIn, type Batch } from "../subgraphs/entityFetchCache.ts";
import { canGenerate, leave, leavingFastLane } from "./codeGeneration.ts";
import type { CompiledOperation } from "../operation/compileOperation.ts";
import type { CompiledFetch } from "../operation/compiledFetch.ts";
import type { EngineResult } from "../contract.ts";
import { runExactly } from "../interpreter/interpreter.ts";
import { compileFastPlan, type FastFetch, type FastPlan } from "./compiledPlan.ts";
import { compileRead } from "./compiledReader.ts";
import type { AnswerReader } from "../subgraphs/entityFetchCache.ts";
import { compileRender, TooMuchText, type Render } from "./compiledRenderer.ts";
import type { SupergraphFacts } from "../planning/supergraphFacts.ts";
import type { Run } from "../interpreter/run.ts";

/** An operation compiled for the case that all goes well. */
export interface FastOperation {
  readonly plan: FastPlan;
  readonly fetchCount: number;
  readonly render: Render;
  /** What reads the answers of each fetch with their leaves as they are, by the fetch's key; null where some cannot be read so. */
  readonly readers: ReadonlyMap<string, AnswerReader> | null;
  readonly rawReading: BackOff;
}

/** Compiles an operation for the fast lane, which writes about so many bytes at most; null for what only the exact lane does. */
export function compileFast(
  operation: CompiledOperation,
  { apiSchema: schema, dataSchema, facts }: FastSchemas,
  mostBytes: number,
): FastOperation | null {
  const [part, ...others] = operation.parts;
  if (!canGenerate || operation.kind !== "query" || operation.introspection || operation.denied.size)
    return null;
  if (!part?.plan || others.length || part.plan.kind === "Subscription") return null;
  const fast = compileFastPlan(part.plan, part.fetches, dataSchema, facts);
  if (!fast) return null;
  const { rootFields, rootType, selections } = operation;
  const render = compileRender(rootFields, rootType, selections, { schema, supply: fast.supply, mostBytes });
  if (!render) return null;
  const readers = readersOf(part.fetches.values(), dataSchema);
  return { ...fast, render, readers, rawReading: new BackOff() };
}

/** What operations are compiled by. */
interface FastSchemas {
  readonly apiSchema: GraphQLSchema;
  readonly dataSchema: GraphQLSchema;
  readonly facts: SupergraphFacts;
}

function readersOf(fetches: Iterable<CompiledFetch>, schema: GraphQLSchema): FastOperation["readers"] {
  const readers = new Map<string, AnswerReader>();
  for (const fetch of fetches) {
    const read = readers.get(fetch.key) ?? compileRead(fetch, schema);
    if (!read) return null;
    readers.set(fetch.key, read);
  }
  return readers;
}

/** When to try again what may fail for long: after each failure in a row it is left alone for twice as many turns. */
class BackOff {
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
interface FastRun {
  readonly brought: Data[][];
  readonly answers: Answers;
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
 * something does go wrong, the exact lane goes on with the answers there are.
 */
export async function runFast(fast: FastOperation, run: Run): Promise<EngineResult> {
  const { budget } = run.asking;
  const answers = new Answers(run.asking, run.variables);
  return (
    (await runRaw(fast, answers, budget)) ??
    (await attempt(fast, answers, budget, false)) ??
    runExactly(run, answers)
  );
}

async function runRaw(
  fast: FastOperation,
  answers: Answers,
  budget: AnswerBudget,
): Promise<EngineResult | null> {
  const { readers, rawReading } = fast;
  if (!readers || !rawReading.isTurn()) return null;
  answers.readers = readers;
  const result = await attempt(fast, answers, budget, true);
  answers.readers = noReaders;
  if (result) rawReading.succeeded();
  else rawReading.failed();
  return result;
}

const noReaders: ReadonlyMap<string, AnswerReader> = new Map();

/** Null where something is not as it is assumed to be. */
async function attempt(
  fast: FastOperation,
  answers: Answers,
  budget: AnswerBudget,
  isRaw: boolean,
): Promise<EngineResult | null> {
  const state: FastRun = {
    brought: Array.from({ length: fast.fetchCount }, () => []),
    answers,
    root: {},
    isRaw,
    isPlain: true,
    isAscii: true,
  };
  try {
    await carryOut(fast.plan, state);
    const { isPlain, isAscii } = state;
    const text = fast.render(state.root, isRaw ? "raw" : isPlain ? "plain" : "parsed");
    budget.tell(text.length);
    // What was escaped in an answer that is ASCII is still so in a raw text, and is not in a plain one.
    return written(text, isAscii && (isRaw || isPlain) ? "latin1" : "utf8");
  } catch (error) {
    if (error === leavingFastLane) return null;
    // As many bytes as there may be are told already, and this is one more.
    if (error instanceof TooMuchText) budget.tell(error.bytes);
    throw error;
  }
}

function carryOut(plan: FastPlan, state: FastRun): Promise<unknown> {
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

async function inTurn(plans: readonly FastPlan[], state: FastRun): Promise<void> {
  for (const plan of plans) await carryOut(plan, state);
}

async function fetchRoot({ index, fetch, link }: FastFetch, state: FastRun): Promise<void> {
  const batch = state.answers.root(fetch);
  await batch.settled;
  const data = dataOf(batch, state);
  state.root[link] = data;
  note(batch, state);
  state.brought[index] = [data];
}

async function fetchEntities(fast: FastFetch, state: FastRun): Promise<void> {
  const { index, fetch, supplier, link, find, represent } = fast;
  const brought: Data[] = [];
  state.brought[index] = brought;
  const objects = find(state.brought[supplier] ?? []);
  const { texts, places } = represent?.(objects, state.isRaw) ?? leave();
  if (!texts.length) return;
  for (const { batch, index: entityIndex } of state.answers.entities(fetch, texts)) {
    if (!batch.isSettled) await batch.settled;
    const entity = entitiesIn(dataOf(batch, state))[entityIndex] as Data | null;
    if (typeof entity !== "object" || entity === null) return leave();
    brought.push(entity);
    note(batch, state);
  }
  for (let i = 0; i < objects.length; i++) {
    const place = places[i] as number;
    if (place >= 0) (objects[i] as Linked)[link] = brought[place];
  }
}

function note(batch: Batch, state: FastRun): void {
  state.isPlain &&= state.isRaw || batch.isPlain;
  state.isAscii &&= batch.isAscii;
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
      return (data ??= JSON.parse(left ?? taken()) as Data);
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

function dataOf(batch: Batch, { isRaw }: FastRun): Data {
  if (isRaw) return batch.raw ?? leave();
  const { failure, errors, data } = batch.outcome;
  return failure || errors.length || !data ? leave() : data;
}
