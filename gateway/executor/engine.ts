import { telemetryOff } from "./telemetryOff.ts";
import type { DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema } from "graphql";
import type { DataSource } from "./dataSource.ts";

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

void telemetryOff;
