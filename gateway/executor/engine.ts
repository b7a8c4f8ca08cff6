import "./telemetryOff.ts";
import {
  GraphQLError,
  getVariableValues,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from "graphql";
import { Asking } from "./asking.ts";
import type { CompiledOperation } from "./compile.ts";
import type { DataSource } from "./dataSource.ts";
import { runExactly } from "./exactLane.ts";
import { guardedSource } from "./guardedSource.ts";
import { PlanCache } from "./planCache.ts";
import { openPlanner } from "./planner.ts";
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
  readonly denied?: ReadonlyMap<string, Denial>;
}

/** An operation ready to run: planned, or refused with `errors` (which `execute` then answers). */
export interface Prepared {
  readonly kind: "query" | "mutation" | "subscription";
  readonly errors?: readonly GraphQLError[];
  /** How many fetches the plan has, for limits; 0 for a refused operation. */
  readonly fetchCount: number;
}

export interface ExecuteOptions {
  /** The headers that go to one subgraph: the internal token, passed-on headers. Asked at most once a subgraph and request. */
  readonly headersFor: (subgraph: string) => Record<string, string>;
  /** Milliseconds since the epoch; what has not been answered by then is null with an error. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
}

/** A result that may know a quicker way to its own JSON text; Yoga's result processors call it. */
export type EngineResult = ExecutionResult & { stringify?: (result: ExecutionResult) => string };

export interface EngineOptions {
  readonly supergraphSdl: string;
  readonly dataSource: (subgraph: string, url: string) => DataSource;
  readonly log: EngineLog;
  readonly limits?: Partial<EngineLimits>;
}

/** The little the engine asks of a logger; pino fits. */
export interface EngineLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface EngineLimits {
  readonly plansInMemory: number;
  readonly fetchesPerPlan: number;
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
  subscribe(prepared: Prepared, options: ExecuteOptions): AsyncIterable<EngineResult>;
  /** Waits for what is running, then closes the data sources. */
  close(): Promise<void>;
}

const defaultLimits: EngineLimits = {
  plansInMemory: 1_000,
  fetchesPerPlan: 50,
  evaluatedPlans: 10_000,
  concurrentPerSubgraph: 1_000,
  failuresToOpenCircuit: 5,
  circuitOpenMilliseconds: 1_000,
  errorsPerAnswer: 1_000,
};

const nothingDenied: ReadonlyMap<string, Denial> = new Map();

interface PreparedOperation extends Prepared {
  readonly operation: CompiledOperation | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly denied: ReadonlyMap<string, Denial>;
}

/** Opens an engine on one supergraph; throws when the supergraph is not valid. */
export function openEngine(options: EngineOptions): Engine {
  const limits = { ...defaultLimits, ...options.limits };
  const planner = openPlanner(options.supergraphSdl, limits);
  const schema = planner.apiSchema;
  const plans = new PlanCache(planner, limits.plansInMemory);
  const sources = new Map<string, DataSource>();
  for (const { name, url } of planner.facts.subgraphs) {
    sources.set(name, guardedSource(name, options.dataSource(name, url), limits, options.log));
  }
  const work = new WorkInHand();

  const execute = async (prepared: Prepared, how: ExecuteOptions): Promise<EngineResult> => {
    const { operation, variables, denied, errors } = prepared as PreparedOperation;
    if (!operation)
      return errors?.some(isUnplanned) ? { data: null, errors: errors ?? [] } : { errors: errors ?? [] };
    const asking = new Asking({ ...how, signal: how.signal, sources, log: options.log });
    try {
      return await runExactly({
        schema,
        dataSchema: planner.dataSchema,
        facts: planner.facts,
        operation,
        variables,
        denied,
        asking,
        mostErrors: limits.errorsPerAnswer,
      });
    } finally {
      asking.close();
    }
  };

  return {
    apiSchema: schema,
    supergraphSdl: options.supergraphSdl,
    prepare: (document, name, variables, { denied = nothingDenied } = {}) =>
      prepare(schema, plans, limits, document, name, variables ?? {}, denied),
    execute: (prepared, how) => work.of(execute(prepared, how)),
    // eslint-disable-next-line require-yield
    subscribe: async function* () {
      throw new GraphQLError("Subscriptions are not served yet.");
    },
    async close() {
      await work.done();
      await Promise.all([...sources.values()].map((source) => source.close?.()));
    },
  };
}

// That there is no plan is found out while the operation is being answered, so it has data, and the data is null.
function isUnplanned(error: GraphQLError): boolean {
  return error.extensions["code"] === "OPERATION_NOT_PLANNED";
}

function prepare(
  schema: GraphQLSchema,
  plans: PlanCache,
  limits: EngineLimits,
  document: DocumentNode | string,
  name: string | null | undefined,
  inputs: Readonly<Record<string, unknown>>,
  denied: ReadonlyMap<string, Denial>,
): PreparedOperation {
  const refused = (errors: readonly GraphQLError[], kind: Prepared["kind"] = "query") => ({
    kind,
    errors,
    fetchCount: 0,
    operation: null,
    variables: {},
    denied,
  });
  try {
    const known = plans.operation(document, name);
    if (!known)
      return refused([
        new GraphQLError(name ? `Unknown operation named "${name}".` : "Must provide an operation name."),
      ]);
    const { definition } = known.operation;
    const { coerced, errors } = getVariableValues(schema, definition.variableDefinitions ?? [], inputs, {
      maxErrors: 50,
    });
    if (errors) return refused(errors, definition.operation);
    const operation = plans.compiled(known, coerced, new Set(denied.keys()));
    if (operation.fetchCount > limits.fetchesPerPlan) {
      const message = `This operation needs ${operation.fetchCount} fetches; ${limits.fetchesPerPlan} are allowed.`;
      return refused(
        [new GraphQLError(message, { extensions: { code: "PLAN_TOO_LARGE" } })],
        definition.operation,
      );
    }
    return {
      kind: definition.operation,
      fetchCount: operation.fetchCount,
      operation,
      variables: coerced,
      denied,
    };
  } catch (error) {
    if (error instanceof GraphQLError) return refused([error]);
    throw error;
  }
}
