import { GraphQLError, type ExecutionResult } from "graphql";
import { isAsyncIterable, mapAsyncIterator } from "graphql-yoga";
import { exposedBehind, maskError, statusOf } from "#shared/errors/exposed.ts";
import type { Log } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import type { HttpPlugin } from "../context.ts";
import { isCodeForCallers, messages } from "../errors.ts";

/**
 * Lets no error out but those of the table: what a subgraph or a library said beyond it becomes INTERNAL_ERROR with the trace
 * id, and goes to the log. Counts every error a caller gets by its code, and refusals by the limit they ran into.
 */
export function useErrorMasking(options: ErrorMaskingOptions): HttpPlugin {
  const mask = (error: unknown, traceId: string | undefined) =>
    counted(named(masked(error, { ...options, traceId }), error, options));
  return {
    onResultProcess({ result, setResult, serverContext }) {
      const { traceId } = serverContext;
      const maskAll = <R extends ExecutionResult>(one: R): R =>
        one.errors?.length ? { ...one, errors: one.errors.map((error) => mask(error, traceId)) } : one;
      if (isAsyncIterable(result)) setResult(mapAsyncIterator(result, maskAll));
      else setResult(Array.isArray(result) ? result.map(maskAll) : maskAll(result));
    },
  };
}

/** Where masked errors are logged, and what callers may read of others. */
export interface ErrorMaskingOptions {
  readonly log: Log;
  /** Errors of subgraphs: those with a code of the table, or all of them. */
  readonly subgraphErrors: "known" | "all";
  /** Whether they say in `serviceName` which subgraph they are of, whatever else of them is told. */
  readonly serviceNames: boolean;
  /** Whether errors may suggest names that exist. */
  readonly suggestions: boolean;
}

const errors = counter("gateway_errors_total", "Errors that callers were given, by code", ["code"]);
const limits = counter("gateway_limit_exceeded_total", "Requests refused because they ran into a limit", [
  "limit",
]);

interface MaskOptions extends ErrorMaskingOptions {
  readonly traceId: string | undefined;
}

function masked(error: unknown, options: MaskOptions): GraphQLError {
  if (exposedBehind(error)) return withStatus(maskError(error, { ...options, messages }), error);
  const place = asGraphQLError(error);
  if (place && isAnswered(place)) return mayBeTold(place, options) ? place : hidden(error, place, options);
  if (place && isAboutTheRequest(place)) return aboutTheRequest(place, options);
  if (place && mayBeTold(place, options)) return place;
  return withStatus(hidden(error, place, options), error);
}

// What a subgraph reported, which the engine gives that subgraph's name: wherever it is reported, it is no fault of the request.
function isAnswered({ originalError, extensions }: GraphQLError): boolean {
  return !originalError && typeof extensions["subgraph"] === "string";
}

// Errors of subgraphs come from the engine with a path and no original error; the subgraph has masked them already, if it
// is one of this project's. Of any other the code says whether the sentence was meant for the caller.
function mayBeTold(error: GraphQLError, { subgraphErrors }: MaskOptions): boolean {
  if (error.originalError) return false;
  if (subgraphErrors === "all" && isAnswered(error)) return true;
  const { code } = error.extensions;
  return typeof code === "string" && Object.hasOwn(messages, code);
}

function named(error: GraphQLError, cause: unknown, { serviceNames }: ErrorMaskingOptions): GraphQLError {
  const place = serviceNames ? asGraphQLError(cause) : undefined;
  if (!place || !isAnswered(place)) return error;
  const extensions = { ...error.extensions, serviceName: place.extensions["subgraph"] };
  return new GraphQLError(error.message, { ...placeOf(error), extensions });
}

function hidden(error: unknown, place: GraphQLError | undefined, options: MaskOptions): GraphQLError {
  const isWrapped = !place || place.originalError;
  const originalError = new Error(place?.message);
  const inner = isWrapped ? error : new GraphQLError(place.message, { ...placeOf(place), originalError });
  return maskError(inner, { ...options, messages });
}

// Parsing, validating and coercing variables quote nothing but what the caller sent, and have no path.
function isAboutTheRequest(error: GraphQLError): boolean {
  const { originalError, path } = error;
  if (path) return false;
  return !originalError || (originalError instanceof GraphQLError && isAboutTheRequest(originalError));
}

function aboutTheRequest(error: GraphQLError, { suggestions }: MaskOptions): GraphQLError {
  const { http } = error.extensions as { http?: object };
  const code = isCodeForCallers(error.extensions["code"]) ? error.extensions["code"] : "BAD_REQUEST";
  const { originalError: _internal, ...extensions } = error.extensions;
  const message = suggestions ? error.message : error.message.replace(/ Did you mean .*$/s, "");
  return new GraphQLError(message, {
    ...placeOf(error),
    extensions: { ...extensions, code, http: http ?? { status: 400, spec: true } },
  });
}

function withStatus(error: GraphQLError, cause: unknown): GraphQLError {
  if (error.path) return error;
  const status = statusOf(cause, messages);
  return new GraphQLError(error.message, {
    ...placeOf(error),
    extensions: { ...error.extensions, http: { status } },
  });
}

function asGraphQLError(error: unknown): GraphQLError | undefined {
  if (error instanceof GraphQLError) return error;
  if (typeof error !== "object" || error === null || !("message" in error) || error instanceof Error)
    return undefined;
  const { message, path, extensions } = error as Partial<GraphQLError>;
  return new GraphQLError(String(message), { ...(path && { path }), ...(extensions && { extensions }) });
}

function placeOf({ nodes, source, positions, path }: GraphQLError): object {
  return {
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
    ...(path && { path }),
  };
}

// Subgraphs of another project may report any code, and any limit: only what there is here is a label.
function counted(error: GraphQLError): GraphQLError {
  const { code, limit } = error.extensions;
  errors.inc({ code: isCodeForCallers(code) ? code : "other" });
  if (typeof limit === "string") limits.inc({ limit: LIMITS.has(limit) ? limit : "other" });
  return error;
}

const LIMITS: ReadonlySet<string> = new Set([
  "documentBytes",
  "bytes",
  "objects",
  "tokens",
  "depth",
  "aliases",
  "rootFields",
  "directives",
  "selections",
  "literalDepth",
  "variableDepth",
  "operations",
  "cost",
  "subscriptions",
  "operations on one connection",
  "uploadFiles",
  "uploadBytes",
  "bodyBytes",
]);
