import { LRUCache } from "lru-cache";
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationTypeNode,
} from "graphql";
import type { Database } from "#shared/database/database.ts";
import { createLoad, type Load } from "#shared/loaders/loaders.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#shared/errors/exposed.ts";
import { withTenant, type Log } from "#shared/log/log.ts";
import type { Pubsub } from "#shared/pubsub/pubsub.ts";
import { histogram } from "#shared/telemetry/metrics.ts";
import { span } from "#shared/telemetry/telemetry.ts";
import type { Actor } from "./actor.ts";
import type { SubgraphContext } from "./defineSubgraph.ts";
import type { InternalIdentity } from "./internalToken.ts";
import { readingLazily } from "./readingLazily.ts";

/** Runs operations on a subgraph's schema, each with a context of its own and, where it only reads, in one transaction. */
export interface SubgraphExecutor {
  /** Parses, validates, and runs a query or mutation. Errors are as the resolvers threw them. */
  run(operation: Operation, identity: InternalIdentity): Promise<ExecutionResult>;
  /** Runs a query or mutation that is parsed and valid. */
  runParsed(args: ParsedOperation, identity: InternalIdentity): Promise<ExecutionResult>;
  /** Runs a subscription that is parsed and valid: an event at a time, or the result that says why not. */
  subscribe(
    args: ParsedOperation,
    identity: InternalIdentity,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** Parses and validates a document, or gives what is wrong with it; either is remembered. */
  prepare(query: string): Prepared;
}

/** An operation as it comes over the wire. */
export interface Operation {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** An operation that is parsed and valid. */
export interface ParsedOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A document ready to run, or its faults. */
export type Prepared = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/** What operations run on. */
export interface ExecutorParts {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly database: Database;
  readonly pubsub: Pubsub;
  readonly services: unknown;
  readonly log: Log;
}

/** An executor of one subgraph. */
export function createExecutor(parts: ExecutorParts): SubgraphExecutor {
  const { schema } = parts;
  const documents = new LRUCache<string, Prepared>({ max: 1_000 });
  const prepare = (query: string) => {
    const known = documents.get(query) ?? parseAndValidate(schema, query);
    documents.set(query, known);
    return known;
  };
  const runParsed: SubgraphExecutor["runParsed"] = (operation, identity) =>
    observed(parts, operation, identity, (kind) => runOnce(parts, operation, identity, kind));
  return {
    prepare,
    runParsed,
    async run({ query, operationName, variables }, identity) {
      const prepared = prepare(query);
      if ("errors" in prepared) return prepared;
      return runParsed({ document: prepared.document, operationName, variables }, identity);
    },
    subscribe: (operation, identity) =>
      observed(parts, operation, identity, () => events(parts, operation, identity)),
  };
}

const durations = histogram("subgraph_operation_duration_seconds", "How long operations on a subgraph took", [
  "subgraph",
  "kind",
  "outcome",
]);

function parseAndValidate(schema: GraphQLSchema, query: string): Prepared {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

async function observed<Result extends object>(
  { name: subgraph, log }: ExecutorParts,
  { document, operationName }: ParsedOperation,
  { tenantId }: InternalIdentity,
  work: (kind: OperationTypeNode | undefined) => Promise<Result>,
): Promise<Result> {
  const operation = getOperationAST(document, operationName);
  const kind = operation?.operation;
  const name = operation?.name?.value ?? "anonymous";
  const startedAt = performance.now();
  const attributes = { "graphql.operation.name": name, "graphql.operation.type": kind ?? "unknown" };
  const within = () => span(`${subgraph} ${kind} ${name}`, attributes, () => work(kind));
  const result = await (tenantId ? withTenant(tenantId, within) : within());
  const milliseconds = performance.now() - startedAt;
  const outcome = "errors" in result && result.errors ? "errors" : "fine";
  durations.observe({ subgraph, kind: kind ?? "unknown", outcome }, milliseconds / 1_000);
  log.debug({ operation: name, kind, milliseconds, outcome }, "An operation was answered");
  return result;
}

async function runOnce(
  parts: ExecutorParts,
  operation: ParsedOperation,
  identity: InternalIdentity,
  kind: OperationTypeNode | undefined,
): Promise<ExecutionResult> {
  const run = (db: TenantDatabase | null) => execute(executionArgs(parts, operation, identity, db));
  const db = identity.tenantId ? parts.database.tenant(identity.tenantId) : null;
  // A mutation's use case opens the transaction it needs; a query sees one state of the world from beginning to end.
  return db && kind === "query" ? readingLazily(db, async (reading) => run(reading)) : run(db);
}

async function events(parts: ExecutorParts, operation: ParsedOperation, identity: InternalIdentity) {
  const db = identity.tenantId ? parts.database.tenant(identity.tenantId) : null;
  const stream = await createSourceEventStream(executionArgs(parts, operation, identity, db));
  if (!(Symbol.asyncIterator in stream)) return stream;
  return eachEvent(stream, (rootValue) => {
    // Every event is answered like a query of its own: what was loaded for the last one is out of date.
    const run = (reading: TenantDatabase | null) =>
      execute({ ...executionArgs(parts, operation, identity, reading), rootValue });
    return db ? readingLazily(db, async (reading) => run(reading)) : run(null);
  });
}

async function* eachEvent(
  stream: AsyncIterable<unknown>,
  answer: (event: unknown) => ExecutionResult | Promise<ExecutionResult>,
): AsyncGenerator<ExecutionResult> {
  for await (const event of stream) yield await answer(event);
}

function executionArgs(
  parts: ExecutorParts,
  { document, operationName, variables }: ParsedOperation,
  { actor }: InternalIdentity,
  db: TenantDatabase | null,
): ExecutionArgs {
  const contextValue = new RequestContext(parts, actor, db);
  return { schema: parts.schema, document, contextValue, variableValues: variables, operationName };
}

/** The context of one request; what it does not use is not made. */
class RequestContext implements SubgraphContext {
  readonly #parts: ExecutorParts;
  readonly #db: TenantDatabase | null;
  #load: Load | undefined;
  readonly actor: Actor;

  constructor(parts: ExecutorParts, actor: Actor, db: TenantDatabase | null) {
    this.#parts = parts;
    this.#db = db;
    this.actor = actor;
  }

  get db() {
    if (!this.#db) throw exposed("UNAUTHENTICATED", "rows were asked for without a tenant");
    return this.#db;
  }

  get load() {
    return (this.#load ??= createLoad(this.db));
  }

  get pubsub() {
    return this.#parts.pubsub;
  }

  get services() {
    return this.#parts.services;
  }

  get log() {
    return this.#parts.log;
  }

  now() {
    return this.db.now();
  }

  /** Forgets what was loaded, since a mutation is about to change it. */
  forget() {
    this.#load = undefined;
  }
}
