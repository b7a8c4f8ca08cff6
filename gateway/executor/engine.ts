import "./planning/telemetryOff.ts";
import { createHash } from "node:crypto";
import type { ExecutionResult, GraphQLSchema } from "graphql";
import { LoadShedder } from "#shared/http/loadShedder.ts";
import { AnswerBudget, withinBudget } from "./subgraphs/answerBudget.ts";
import { SubgraphClient } from "./subgraphs/subgraphClient.ts";
import {
  Cancellation,
  type IncrementalAnswer,
  type Denial,
  type Engine,
  type EngineLimits,
  type EngineLog,
  type EngineOptions,
  type EngineResult,
  type ExecuteOptions,
} from "./contract.ts";
import { deliverIncrementally } from "./interpreter/incrementalDelivery.ts";
import { interpret } from "./interpreter/interpreter.ts";
import { runCompiled } from "./compiled/compiledExecutor.ts";
import { protectedDataSources, type ProtectedDataSource } from "./subgraphs/protectedDataSource.ts";
import { engineLimits } from "./limits.ts";
import { PlanCache, type CachedPlan } from "./planCache.ts";
import { openKeptPlans, type KeptPlans } from "./planning/keptPlans.ts";
import { planDemand } from "./planning/planDemand.ts";
import { plannerVersion } from "./planning/plannerVersion.ts";
import { warmPlans } from "./warmPlans.ts";
import { openThreadedPlans, type ThreadedPlans } from "./planning/threadedPlans.ts";
import { prepare, refusal, type PreparedOperation } from "./prepare.ts";
import { openStreams, type OpenStreams } from "./openStreams.ts";
import { InFlightCounter } from "./subgraphs/inFlightCounter.ts";
import type { Run } from "./interpreter/run.ts";

// All that the gateway knows of the executor.
export type {
  AnsweredHeaders,
  IncrementalAnswer,
  DataSource,
  Denial,
  Engine,
  EngineLimits,
  EngineOptions,
  EngineResult,
  ExecuteOptions,
  IncrementalResult,
  Prepared,
  SubgraphAnswer,
  SubgraphEvent,
  SubgraphRequest,
  UploadedFile,
  Uploads,
} from "./contract.ts";
export { Cancellation, SubgraphFailure } from "./contract.ts";
export { resubscribeError } from "./interpreter/subscription.ts";
export { CALLBACK_PROTOCOL, type Callbacks, type CallbackTold } from "./subgraphs/callbackStream.ts";
export { httpDataSource, type SubscriptionTransport } from "./subgraphs/httpDataSource.ts";

const nothingDenied: ReadonlyMap<string, Denial> = new Map();

/** What an open engine is made of. */
interface EngineState {
  readonly planner: ThreadedPlans;
  readonly sources: ReadonlyMap<string, ProtectedDataSource>;
  readonly log: EngineLog;
  readonly limits: EngineLimits;
  readonly executors: "both" | "interpreter";
  readonly mergesFetches: boolean;
  readonly work: InFlightCounter;
  readonly loadShedder: LoadShedder;
  readonly streams: OpenStreams;
}

/** Opens an engine on one supergraph; throws when the supergraph is not valid, or a subgraph's data source cannot be opened. */
export function openEngine(options: EngineOptions): Engine {
  const { supergraphSdl, log, executors = "both", mergesFetches = true } = options;
  const limits = engineLimits(options.limits);
  const kept = keptPlansOf(options, limits);
  const planner = openThreadedPlans({ ...options, limits, kept });
  const { apiSchema: schema } = planner;
  const plans = new PlanCache(planner, limits);
  const sources = closingUnlessOpen(planner, () =>
    protectedDataSources(planner.facts.subgraphs, options, limits),
  );
  const [work, loadShedder, closing] = [new InFlightCounter(), new LoadShedder(), new Cancellation()];
  const streams = openStreams({ sources, log, work, limits, closing });
  const settings = { log, limits, executors, mergesFetches };
  const engine: EngineState = { ...settings, planner, sources, work, loadShedder, streams };
  plansOf.set(schema, plans);
  return {
    apiSchema: schema,
    supergraphSdl,
    overrideLabels: planner.facts.overrideLabels,
    prepare: (document, name, variables, how = {}) => {
      const { denied = nothingDenied, acceptsIncremental = false, labelsOn = [], ...asker } = how;
      const asked = { document, name, inputs: variables ?? {}, denied, acceptsIncremental, labelsOn, asker };
      return prepare({ schema, plans, limits }, asked);
    },
    execute: (prepared, how) => execute(engine, prepared as Preparing, how) as Promise<EngineResult>,
    executeIncrementally: (prepared, how) => execute(engine, prepared as Preparing, how),
    subscribe: (prepared, how) => subscribe(engine, prepared as Preparing, how),
    takeOver(results, prepared) {
      const { plan, ...rest } = prepared as PreparedOperation;
      return plan !== null && streams.takeOver(results, runOf(engine, { plan, ...rest }, plan));
    },
    validate: (text, { owner, deadline, ...how }) =>
      planner.errorsIn(text, how, planDemand({ owner, deadline })),
    warm({ before, signal } = {}) {
      const asked = (before && plansOf.get(before.apiSchema)?.asked()) ?? [];
      return warmPlans(plans, planner, { asked, signal });
    },
    async close() {
      closing.cancel();
      await work.done();
      planner.close();
      // Whoever still follows a stream of this engine keeps its schema.
      plansOf.delete(schema);
      await kept?.close();
      await streams.close();
    },
  };
}

// What an engine was asked so far, for the one that takes its place: by its schema, which whatever stands before the engine shows as well.
const plansOf = new WeakMap<GraphQLSchema, PlanCache>();

function keptPlansOf(
  { supergraphSdl, plansFolder: folder, log }: EngineOptions,
  { evaluatedPlans }: EngineLimits,
): KeptPlans | undefined {
  if (folder === undefined) return undefined;
  const digest = createHash("sha256").update(supergraphSdl).digest("hex");
  const key = plannerVersion(evaluatedPlans).then((version) => `${digest} ${version}`);
  return openKeptPlans({ folder, key, log });
}

type Preparing = PreparedOperation | Promise<PreparedOperation>;

function closingUnlessOpen<T>(planner: ThreadedPlans, open: () => T): T {
  try {
    return open();
  } catch (error) {
    planner.close();
    throw error;
  }
}

async function execute(
  engine: EngineState,
  preparing: Preparing,
  how: ExecuteOptions,
): Promise<EngineResult | IncrementalAnswer> {
  const prepared = preparing instanceof Promise ? await preparing : preparing;
  const { plan, errors = [] } = prepared;
  if (!plan) return refusal(errors);
  const { sources, log, work, loadShedder, limits, mergesFetches } = engine;
  work.begin();
  await loadShedder.acquire(how);
  const budget = new AnswerBudget(limits);
  const client = new SubgraphClient({ ...how, sources, log, budget, mergesFetches });
  const run = { ...runOf(engine, prepared, plan), client };
  const over = () => {
    client.close();
    loadShedder.release(how);
    work.end();
  };
  if (prepared.undeferred)
    return deliverIncrementally(run, over, undeferred(engine, prepared.undeferred, how));
  try {
    const compiled = engine.executors === "interpreter" ? null : await plan.compiledAfterUses();
    return await withinBudget(budget, () => (compiled ? runCompiled(compiled, run) : interpret(run)));
  } finally {
    over();
  }
}

// In the interpreter, whose data can be read; the load shedder has admitted it already, with the operation that waits for it.
function undeferred(
  engine: EngineState,
  prepared: NonNullable<PreparedOperation["undeferred"]>,
  how: ExecuteOptions,
): () => Promise<EngineResult> {
  const { sources, log, work, limits, mergesFetches } = engine;
  const run = async (): Promise<EngineResult> => {
    const { plan, errors = [], ...rest } = await prepared();
    if (!plan) return { data: null, errors };
    const budget = new AnswerBudget(limits);
    const client = new SubgraphClient({ ...how, sources, log, work, budget, mergesFetches });
    try {
      const whole = { ...runOf(engine, { plan, ...rest }, plan), client };
      return await withinBudget(budget, () => interpret(whole));
    } finally {
      client.close();
    }
  };
  let answer: Promise<EngineResult> | undefined;
  return () => (answer ??= run());
}

function subscribe(
  engine: EngineState,
  preparing: Preparing,
  { headersFor, signal, deadline }: ExecuteOptions,
): AsyncGenerator<ExecutionResult, void> {
  const milliseconds = Math.max(0, deadline - Date.now());
  const begin = (prepared: PreparedOperation) => {
    const { plan, errors = [] } = prepared;
    if (!plan) return only({ errors });
    return engine.streams.follow({ run: runOf(engine, prepared, plan), headersFor, signal, milliseconds });
  };
  return preparing instanceof Promise ? later(preparing.then(begin)) : begin(preparing);
}

async function* only(result: ExecutionResult): AsyncGenerator<ExecutionResult, void> {
  yield result;
}

async function* later(
  results: Promise<AsyncGenerator<ExecutionResult, void>>,
): AsyncGenerator<ExecutionResult, void> {
  yield* await results;
}

function runOf(
  { planner, limits }: EngineState,
  { variables, denied }: PreparedOperation,
  { operation }: CachedPlan,
): Omit<Run, "client"> {
  const { apiSchema: schema, dataSchema, facts } = planner;
  return { schema, dataSchema, facts, operation, variables, denied, mostErrors: limits.errorsPerAnswer };
}
