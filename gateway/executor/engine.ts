import "./telemetryOff.ts";
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from "graphql";
import { Admissions, type Entrant } from "./admissions.ts";
import { AnswerBudget, withinBudget, type AnswerLimits } from "./answerBudget.ts";
import { Asking } from "./asking.ts";
import { SubgraphFailure, type DataSource, type SubgraphEvent, type SubgraphRequest } from "./dataSource.ts";
import { runDeferred, type AnswerInParts } from "./deferredLane.ts";
import { Ending } from "./ending.ts";
import { runExactly, type Run } from "./exactLane.ts";
import { runFast } from "./fastLane.ts";
import { guardedSource, type GuardedSource } from "./guardedSource.ts";
import { PlanCache, type KnownPlan } from "./planCache.ts";
import { EVALUATED_PLANS, openPlanner, type Planner } from "./planner.ts";
import { prepare, type PreparedOperation } from "./prepare.ts";
import { follow } from "./subscription.ts";
import { WorkInHand } from "./workInHand.ts";

/** Why a field is not answered; becomes `{ message, path, extensions: { code, ... } }` at each place the field has in the answer. */
export interface Denial {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

export interface PrepareOptions {
  /**
   * Fields this actor may not read, by coordinate of the type they are selected on (`Incident.notes`; for a selection on an
   * interface the interface's name). They are taken out before planning, so that no subgraph is asked for them, and answered
   * null with the denial as the error, at every path. Part of the plan's cache key. Leave out or empty when nothing is denied.
   */
  readonly denied?: ReadonlyMap<string, Denial> | undefined;
  /** Whether the client reads an answer that comes in parts; what it defers is answered at once otherwise. */
  readonly acceptsParts?: boolean;
}

/** An operation ready to run: planned, or refused with `errors` (which `execute` then answers). */
export interface Prepared {
  readonly kind: "query" | "mutation" | "subscription";
  readonly errors?: readonly GraphQLError[];
  /** How many fetches the plan has, for limits; 0 for a refused operation. */
  readonly fetchCount: number;
}

/** How one operation is run, and whose it is when it has to take turns. */
export interface ExecuteOptions extends Entrant {
  /** The headers that go to one subgraph: the internal token, passed-on headers. Asked at most once a subgraph and request. */
  readonly headersFor: (subgraph: string) => Record<string, string>;
  /** Milliseconds since the epoch; what has not been answered by then is null with an error. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
}

/** A result that may know a quicker way to its own JSON, as text or encoded as UTF-8; Yoga's result processors call it. */
export type EngineResult = ExecutionResult & { stringify?: (result: ExecutionResult) => string | Buffer };

export interface EngineOptions {
  readonly supergraphSdl: string;
  readonly dataSource: (subgraph: string, url: string) => DataSource;
  readonly log: EngineLog;
  readonly limits?: Partial<EngineLimits>;
  /** "exact" keeps everything out of the fast lane; the answers are the same. */
  readonly lanes?: "both" | "exact";
}

/** The little the engine asks of a logger; pino fits. */
export interface EngineLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface EngineLimits extends AnswerLimits {
  /** How much plans may take in memory, about. */
  readonly planBytes: number;
  /** How often an operation runs in the exact lane before code is generated for it. */
  readonly usesBeforeFastLane: number;
  readonly fetchesPerPlan: number;
  /** The planner knows no deadline; of how many possible plans it compares bounds its time. */
  readonly evaluatedPlans: number;
  readonly concurrentPerSubgraph: number;
  readonly failuresToOpenCircuit: number;
  readonly circuitOpenMilliseconds: number;
  readonly errorsPerAnswer: number;
}

/** Runs operations of one supergraph. */
export interface Engine {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  /** Never throws for what a client sent: a refused operation comes back with `errors`. The document is validated already. */
  prepare(
    document: DocumentNode | string,
    operationName: string | null | undefined,
    variables: Readonly<Record<string, unknown>> | null | undefined,
    options?: PrepareOptions,
  ): Prepared;
  execute(prepared: Prepared, options: ExecuteOptions): Promise<EngineResult>;
  /** As `execute`; of what was prepared for a client that accepts parts, it may be an answer and the parts that come later. */
  executeInParts(prepared: Prepared, options: ExecuteOptions): Promise<EngineResult | AnswerInParts>;
  subscribe(prepared: Prepared, options: ExecuteOptions): AsyncIterable<ExecutionResult>;
  /** Waits for what is running, then closes the data sources. */
  close(): Promise<void>;
}

const defaultLimits: EngineLimits = {
  planBytes: 128 * 1024 * 1024,
  usesBeforeFastLane: 2,
  fetchesPerPlan: 50,
  evaluatedPlans: EVALUATED_PLANS,
  concurrentPerSubgraph: 1_000,
  failuresToOpenCircuit: 5,
  circuitOpenMilliseconds: 1_000,
  errorsPerAnswer: 1_000,
  answerBytes: 8 * 1024 * 1024,
  answerObjects: 150_000,
};

const nothingDenied: ReadonlyMap<string, Denial> = new Map();

/** What an open engine is made of. */
interface OpenEngine {
  readonly planner: Planner;
  readonly sources: ReadonlyMap<string, GuardedSource>;
  readonly log: EngineLog;
  readonly limits: EngineLimits;
  readonly lanes: "both" | "exact";
  readonly work: WorkInHand;
  readonly admissions: Admissions;
  /** Ends when the engine closes. */
  readonly closing: Ending;
}

/** Opens an engine on one supergraph; throws when the supergraph is not valid. */
export function openEngine(options: EngineOptions): Engine {
  const { supergraphSdl, log, lanes = "both" } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const planner = openPlanner(supergraphSdl, limits);
  const { apiSchema: schema } = planner;
  const plans = new PlanCache(planner, limits);
  const sources = new Map<string, GuardedSource>();
  for (const { name, url } of planner.facts.subgraphs) {
    sources.set(name, guardedSource(name, options.dataSource(name, url), limits, log));
  }
  const [work, admissions, closing] = [new WorkInHand(), new Admissions(), new Ending()];
  const engine: OpenEngine = { planner, sources, log, limits, lanes, work, admissions, closing };
  return {
    apiSchema: schema,
    supergraphSdl,
    prepare: (document, name, variables, { denied = nothingDenied, acceptsParts = false } = {}) =>
      prepare({ schema, plans, limits }, { document, name, inputs: variables ?? {}, denied, acceptsParts }),
    execute: (prepared, how) => execute(engine, prepared as PreparedOperation, how) as Promise<EngineResult>,
    executeInParts: (prepared, how) => execute(engine, prepared as PreparedOperation, how),
    subscribe: (prepared, how) => subscribe(engine, prepared as PreparedOperation, how),
    async close() {
      closing.cancel();
      await work.done();
      for (const source of sources.values()) await source.close?.();
    },
  };
}

async function execute(
  engine: OpenEngine,
  prepared: PreparedOperation,
  how: ExecuteOptions,
): Promise<EngineResult | AnswerInParts> {
  const { plan, errors = [] } = prepared;
  if (!plan) return errors.some(isUnplanned) ? { data: null, errors } : { errors };
  const { sources, log, work, admissions, limits } = engine;
  work.begin();
  await admissions.enter(how);
  const budget = new AnswerBudget(limits);
  const asking = new Asking({ ...how, sources, log, budget });
  const run = { ...runOf(engine, prepared, plan), asking };
  const over = () => {
    asking.close();
    admissions.leave(how);
    work.end();
  };
  if (prepared.undeferred) return runDeferred(run, over, undeferred(engine, prepared.undeferred, how));
  try {
    const fast = engine.lanes === "exact" ? null : plan.fast;
    return await withinBudget(budget, () => (fast ? runFast(fast, run) : runExactly(run)));
  } finally {
    over();
  }
}

// In the exact lane, whose answers can be looked into; and admitted already, as a part of what waits for it.
function undeferred(
  engine: OpenEngine,
  prepared: () => PreparedOperation,
  how: ExecuteOptions,
): () => Promise<EngineResult> {
  const { sources, log, work, limits } = engine;
  const run = async (): Promise<EngineResult> => {
    const { plan, errors = [], ...rest } = prepared();
    if (!plan) return { data: null, errors };
    const budget = new AnswerBudget(limits);
    const asking = new Asking({ ...how, sources, log, work, budget });
    try {
      const whole = { ...runOf(engine, { plan, ...rest }, plan), asking };
      return await withinBudget(budget, () => runExactly(whole));
    } finally {
      asking.close();
    }
  };
  let answer: Promise<EngineResult> | undefined;
  return () => (answer ??= run());
}

async function* subscribe(
  engine: OpenEngine,
  prepared: PreparedOperation,
  { headersFor, deadline, signal }: ExecuteOptions,
): AsyncGenerator<ExecutionResult, void> {
  const { plan, errors = [] } = prepared;
  if (!plan) {
    yield { errors };
    return;
  }
  const { sources, log, work, closing, limits } = engine;
  const patience = Math.max(0, deadline - Date.now());
  yield* follow({
    run: runOf(engine, prepared, plan),
    open: (subgraph, request) =>
      openStream(sources.get(subgraph), { ...request, headers: headersFor(subgraph) }),
    asking() {
      const budget = new AnswerBudget(limits);
      return new Asking({ headersFor, deadline: Date.now() + patience, signal, sources, log, work, budget });
    },
    closing,
    signal,
  });
}

function runOf(
  { planner, limits }: OpenEngine,
  { variables, denied }: PreparedOperation,
  { operation }: KnownPlan,
): Omit<Run, "asking"> {
  const { apiSchema: schema, dataSchema, facts } = planner;
  return { schema, dataSchema, facts, operation, variables, denied, mostErrors: limits.errorsPerAnswer };
}

async function* openStream(
  source: GuardedSource | undefined,
  request: SubgraphRequest,
): AsyncGenerator<SubgraphEvent, void> {
  if (!source?.subscribe) throw new SubgraphFailure("unreachable", "has no subscriptions");
  yield* source.subscribe(request);
}

// That there is no plan is found out while the operation is being answered, so it has data, and the data is null.
function isUnplanned(error: GraphQLError): boolean {
  return error.extensions["code"] === "OPERATION_NOT_PLANNED";
}
