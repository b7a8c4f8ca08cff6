import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  locatedError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationTypeNode,
} from "graphql";
import type { Database } from "#shared/database/database.ts";
import type { Patience } from "#shared/database/patience.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { withTenant } from "#shared/log/log.ts";
import { histogram } from "#shared/telemetry/metrics.ts";
import { span } from "#shared/telemetry/telemetry.ts";
import { isAuthenticated } from "./actor.ts";
import { AnswerBudget, answerLimits, type AnswerLimits } from "./answerBudget.ts";
import { documentCache, tokensIn } from "./documentCache.ts";
import { traced } from "./federatedTracing.ts";
import type { InternalIdentity } from "./internalToken.ts";
import { leavable } from "./leavable.ts";
import { readingLazily } from "./readingLazily.ts";
import { RequestContext, type ContextParts } from "./requestContext.ts";

/** Runs operations on a subgraph's schema, each with a context of its own and, where it only reads, in one transaction. */
export interface SubgraphExecutor {
  /** Parses, validates, and runs a query or mutation. Errors are as the resolvers threw them. */
  run(operation: Operation, identity: InternalIdentity, withTrace?: boolean): Promise<ExecutionResult>;
  /** Runs a query or mutation that is parsed and valid. */
  runParsed(args: ParsedOperation, identity: InternalIdentity): Promise<ExecutionResult>;
  /** Runs a subscription that is parsed and valid: an event at a time, or the result that says why not. */
  subscribe(
    args: ParsedOperation,
    identity: InternalIdentity,
  ): Promise<AsyncIterableIterator<ExecutionResult, undefined> | ExecutionResult>;
  /** Parses and validates a document, or gives what is wrong with it; either is remembered. */
  prepare(query: string): Prepared;
}

/** An operation as it comes over the wire. */
export interface Operation {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** Aborted when nobody waits for the answer any longer. */
  readonly signal?: AbortSignal | undefined;
  /** When that is so in any case, in milliseconds since the epoch; ten seconds from now unless given. */
  readonly deadline?: number | undefined;
}

/** An operation that is parsed and valid. */
export interface ParsedOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** Gives the signal to whoever asks for it; most do not, and a signal is dear. */
  readonly signal: () => AbortSignal | undefined;
  readonly deadline?: number | undefined;
  /** Whether to report how long each field took, of a query or mutation by an authenticated actor. */
  readonly withTrace?: boolean | undefined;
}

/** A document ready to run, or its faults. */
export type Prepared = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

/** What operations run on. */
export interface ExecutorParts extends ContextParts {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** The same schema with fields that note how long they took; made when it is first needed. */
  readonly notingSchema: () => GraphQLSchema;
  readonly database: Database;
  /** How much one operation may make of its answer; what is usual unless given. */
  readonly answerLimits?: AnswerLimits | undefined;
}

/** An executor of one subgraph. */
export function createExecutor(parts: ExecutorParts): SubgraphExecutor {
  const { schema } = parts;
  const documents = documentCache<Prepared>(DOCUMENTS_BYTES, (prepared) =>
    "document" in prepared ? tokensIn(prepared.document) : prepared.errors.length,
  );
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
    async run(operation, identity, withTrace) {
      const { query, operationName, variables, deadline } = operation;
      const prepared = prepare(query);
      if ("errors" in prepared) return prepared;
      const { document } = prepared;
      const signal = () => operation.signal;
      return runParsed({ document, operationName, variables, signal, deadline, withTrace }, identity);
    },
    subscribe: (operation, identity) =>
      observed(parts, operation, identity, () => events(parts, operation, identity)),
  };
}

// Per subgraph, of which one process may serve all.
const DOCUMENTS_BYTES = 16 * 1024 * 1024;

const durations = histogram("subgraph_operation_duration_seconds", "How long operations on a subgraph took", [
  "subgraph",
  "kind",
  "outcome",
]);

// The codes are those that Yoga gives over HTTP.
function parseAndValidate(schema: GraphQLSchema, query: string): Prepared {
  try {
    const document = parse(query);
    const errors = validate(schema, document, undefined, { maxErrors: 20 });
    if (errors.length === 0) return { document };
    return { errors: errors.map((error) => withCode(error, "GRAPHQL_VALIDATION_FAILED")) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [withCode(error, "GRAPHQL_PARSE_FAILED")] };
    throw error;
  }
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes = null, source = null, positions = null } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code } });
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
  if (kind === "subscription") return { errors: [new GraphQLError("A subscription has to be followed")] };
  const isTraced = operation.withTrace && isAuthenticated(identity.actor);
  const budget = budgetOf(parts);
  const run = async (db: TenantDatabase | null) => {
    const args = executionArgs(parts, operation, identity, { db, budget });
    if (!isTraced) return withinBudget(args, () => execute(args));
    const noting = { ...args, schema: parts.notingSchema() };
    return traced(args.contextValue, () => withinBudget(args, () => execute(noting)));
  };
  // What a mutation has begun it ends, whether somebody still waits or not, as long as there is time.
  const signal = kind === "query" ? operation.signal : undefined;
  const deadline = operation.deadline ?? Date.now() + PATIENCE_MILLISECONDS;
  const db = tenantOf(parts, identity, { deadline, signal, brought: budget.takeRows });
  // A mutation's use case opens the transaction it needs; a query sees one state of the world from beginning to end.
  return db && kind === "query" ? readingLazily(db, run) : run(db);
}

async function events(parts: ExecutorParts, operation: ParsedOperation, identity: InternalIdentity) {
  const leaving = new AbortController();
  const followed = { ...operation, signal: () => leaving.signal };
  const followedBy = { db: tenantOf(parts, identity), budget: budgetOf(parts) };
  const stream = await createSourceEventStream(executionArgs(parts, followed, identity, followedBy));
  if (!(Symbol.asyncIterator in stream)) return stream;
  const answers = answersTo(stream, (rootValue) => {
    // Every event is answered like a query of its own: what was loaded for the last one is out of date.
    const budget = budgetOf(parts);
    const { signal } = followed;
    const deadline = Date.now() + PATIENCE_MILLISECONDS;
    const db = tenantOf(parts, identity, { deadline, signal, brought: budget.takeRows });
    const run = async (reading: TenantDatabase | null) => {
      const args = { ...executionArgs(parts, followed, identity, { db: reading, budget }), rootValue };
      return withinBudget(args, () => execute(args));
    };
    return db ? readingLazily(db, run) : run(null);
  });
  return leavable(answers, leaving, operation.signal());
}

async function* answersTo(
  stream: AsyncIterable<unknown>,
  answer: (event: unknown) => Promise<ExecutionResult>,
): AsyncGenerator<ExecutionResult, undefined> {
  try {
    for await (const event of stream) yield await answer(event);
  } catch (error) {
    // An iteration that throws gives its reader no reason.
    yield { errors: [locatedError(error, undefined)] };
  }
}

const PATIENCE_MILLISECONDS = 10_000;

function budgetOf({ answerLimits: limits = answerLimits }: ExecutorParts): AnswerBudget {
  return new AnswerBudget(limits);
}

function tenantOf(
  { database }: ExecutorParts,
  { tenantId }: InternalIdentity,
  patience?: Patience,
): TenantDatabase | null {
  return tenantId ? database.tenant(tenantId, patience) : null;
}

// Nobody waits for the rest of an answer that is too large already, and nothing of it is sent.
async function withinBudget(
  { contextValue: { budget } }: Execution,
  run: () => Promise<ExecutionResult> | ExecutionResult,
): Promise<ExecutionResult> {
  try {
    const result = await Promise.race([run(), budget.spent]);
    return budget.error ? { errors: [locatedError(budget.error, undefined)] } : result;
  } catch (error) {
    if (error !== budget.error) throw error;
    return { errors: [locatedError(error, undefined)] };
  }
}

type Execution = ExecutionArgs & { readonly contextValue: RequestContext };

function executionArgs(
  parts: ExecutorParts,
  { document, operationName, variables, signal }: ParsedOperation,
  { actor }: InternalIdentity,
  { db, budget }: { db: TenantDatabase | null; budget: AnswerBudget },
): Execution {
  const contextValue = new RequestContext(parts, { actor, db, signal, budget });
  return { schema: parts.schema, document, contextValue, variableValues: variables, operationName };
}
