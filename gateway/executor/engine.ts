import "./planning/telemetryOff.ts";
import type { ExecutionResult, GraphQLError } from "graphql";
import { Admissions } from "#shared/http/loadShedder.ts";
import { AnswerBudget, withinBudget } from "./subgraphs/answerBudget.ts";
import { Asking } from "./subgraphs/subgraphClient.ts";
import {
  Ending,
  SubgraphFailure,
  type AnswerInParts,
  type Denial,
  type Engine,
  type EngineLimits,
  type EngineLog,
  type EngineOptions,
  type EngineResult,
  type ExecuteOptions,
  type SubgraphEvent,
  type SubgraphRequest,
} from "./contract.ts";
import { runDeferred } from "./interpreter/incrementalDelivery.ts";
import { runExactly } from "./interpreter/interpreter.ts";
import { runFast } from "./compiled/compiledExecutor.ts";
import { guardedSource, type GuardedSource } from "./subgraphs/guardedSource.ts";
import { PlanCache, type KnownPlan } from "./planCache.ts";
import { EVALUATED_PLANS, openPlanner, type Planner } from "./planning/planner.ts";
import { prepare, type PreparedOperation } from "./prepare.ts";
import { follow } from "./interpreter/subscription.ts";
import { WorkInHand } from "./subgraphs/inFlightCounter.ts";
import type { Run } from "./interpreter/run.ts";

// All that the gateway knows of the executor.
export type {
  AnswerInParts,
  DataSource,
  Denial,
  Engine,
  EngineLimits,
  EngineOptions,
  EngineResult,
  ExecuteOptions,
  PartialResult,
  Prepared,
  SubgraphAnswer,
  SubgraphEvent,
  SubgraphRequest,
} from "./contract.ts";
export { Ending, SubgraphFailure } from "./contract.ts";
export { httpDataSource } from "./subgraphs/httpDataSource.ts";

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
