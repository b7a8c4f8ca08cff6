import { executeStock } from "./stockExecutor.ts";
import { LoadShedder } from "#shared/http/loadShedder.ts";
import type {
  Engine,
  EngineLimits,
  EngineLog,
  EngineOptions,
  EngineResult,
  ExecuteOptions,
} from "../executor/contract.ts";
import { engineLimits } from "../executor/limits.ts";
import { PlanCache } from "../executor/planCache.ts";
import { prepare, refusal, type PreparedOperation } from "../executor/prepare.ts";
import { AnswerBudget, withinBudget } from "../executor/subgraphs/answerBudget.ts";
import { InFlightCounter } from "../executor/subgraphs/inFlightCounter.ts";
import { protectedDataSources, type ProtectedDataSource } from "../executor/subgraphs/protectedDataSource.ts";
import { SubgraphClient } from "../executor/subgraphs/subgraphClient.ts";
import { openStockPlanner, type StockPlanner } from "./stockPlanner.ts";
import { subgraphServices } from "./subgraphServices.ts";

/** What an open stock engine is made of. */
interface OpenStockEngine {
  readonly planner: StockPlanner;
  readonly log: EngineLog;
  readonly limits: EngineLimits;
  readonly sources: ReadonlyMap<string, ProtectedDataSource>;
  readonly services: ReturnType<typeof subgraphServices>;
  readonly work: InFlightCounter;
  readonly loadShedder: LoadShedder;
}

/**
 * Opens an engine that plans and executes queries and mutations with what @apollo/gateway is made of, beside one of ours on the same
 * supergraph, which serves the subscriptions that @apollo/gateway has none of, and is closed with it. Everything is answered at once.
 * Throws when the supergraph is not valid.
 */
export function openStockEngine(options: EngineOptions, own: Engine): Engine {
  const { supergraphSdl, supergraph = supergraphSdl, log } = options;
  const { apiSchema: schema } = own;
  const limits = engineLimits(options.limits);
  const planner = openStockPlanner(supergraph, schema, limits);
  const plans = new PlanCache(planner, limits);
  const engine: OpenStockEngine = {
    planner,
    log,
    limits,
    sources: protectedDataSources(planner.facts.subgraphs, options, limits),
    services: subgraphServices(planner.facts.subgraphs),
    work: new InFlightCounter(),
    loadShedder: new LoadShedder(),
  };
  const run: Engine["execute"] = async (prepared, how) =>
    execute(engine, (await prepared) as PreparedOperation, how);
  return {
    apiSchema: schema,
    supergraphSdl,
    overrideLabels: planner.facts.overrideLabels,
    async prepare(document, name, variables, how = {}) {
      const { denied = new Map(), labelsOn = [], owner, deadline } = how;
      const asker = { owner, deadline };
      const asked = { document, name, inputs: variables ?? {}, denied, labelsOn, asker };
      const prepared = await prepare({ schema, plans, limits }, { ...asked, acceptsIncremental: false });
      const isServedByOwn = prepared.kind === "subscription";
      return isServedByOwn
        ? own.prepare(document, name, variables, { denied, labelsOn, ...asker })
        : prepared;
    },
    execute: run,
    executeIncrementally: run,
    subscribe: own.subscribe,
    takeOver: own.takeOver,
    validate: own.validate,
    warm: async () => undefined,
    async close() {
      await engine.work.done();
      await own.close();
    },
  };
}

async function execute(
  { planner, log, limits, sources, services, work, loadShedder }: OpenStockEngine,
  { plan, errors = [], variables, denied }: PreparedOperation,
  how: ExecuteOptions,
): Promise<EngineResult> {
  if (!plan) return refusal(errors);
  work.begin();
  await loadShedder.acquire(how);
  const budget = new AnswerBudget(limits);
  const client = new SubgraphClient({ ...how, sources, log, budget });
  const { operation } = plan;
  const execution = { planner, operation, variables, denied, budget, mostErrors: limits.errorsPerAnswer };
  try {
    return await withinBudget(budget, () => executeStock({ ...execution, client, services, log }));
  } finally {
    client.close();
    loadShedder.release(how);
    work.end();
  }
}
