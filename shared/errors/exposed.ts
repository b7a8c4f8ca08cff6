import { GraphQLError, type GraphQLErrorOptions } from "graphql";
import type { Log } from "#shared/log/log.ts";
import { currentTrace } from "#shared/telemetry/telemetry.ts";

/** An exposed error of any code, for mechanisms that do not know the table; whoever knows it uses what `defineErrors` returned. */
export function exposed(code: string, internalMessage: string, args: ErrorArgs = {}): ExposedError {
  return new ExposedError(code, internalMessage, args);
}

/** What an error carries to the user besides its code: plain values, which also fill its message. */
export type ErrorArgs = Readonly<Record<string, unknown>>;

/** One line of the table of errors: the HTTP status of the code, and the sentence the user reads. */
export interface ErrorEntry {
  status: number;
  message: (args: never) => string;
}

/** The table of every error a user can meet, by code. */
export type ErrorTable = Readonly<Record<string, ErrorEntry>>;

/** An error the user is told about: by its code, its args and the sentence of the table. `message` is internal and only ever logged. */
export class ExposedError extends Error {
  readonly code: string;
  readonly args: ErrorArgs;

  constructor(code: string, internalMessage: string, args: ErrorArgs = {}, options?: ErrorOptions) {
    super(internalMessage, options);
    this.name = "ExposedError";
    this.code = code;
    this.args = args;
  }
}

type ArgsOf<Entry extends ErrorEntry> =
  Parameters<Entry["message"]> extends [infer Args] ? [args: Args] : [args?: ErrorArgs];

/** Gives the table of errors once; the result makes exposed errors of its codes, and of no others, with the args their messages need. */
export function defineErrors<const Table extends ErrorTable>(table: Table) {
  function exposedOfTable<Code extends keyof Table & string>(
    code: Code,
    internalMessage: string,
    ...[args]: ArgsOf<Table[Code]>
  ): ExposedError {
    return new ExposedError(code, internalMessage, (args ?? {}) as ErrorArgs);
  }
  return Object.assign(exposedOfTable, { table });
}

/** The code of every error nobody meant the user to read. */
export const INTERNAL_ERROR = "INTERNAL_ERROR";

/** What masking needs: where the internal message goes, the id by which support finds it again (the trace at hand unless given), and the table of messages. */
export interface MaskOptions {
  log: Log;
  traceId?: string | undefined;
  messages: ErrorTable;
}

/** The only form in which an error leaves the process: `message` and `extensions.code` of the table, or INTERNAL_ERROR with the trace id. */
export function maskError(error: unknown, options: MaskOptions): GraphQLError {
  const place = error instanceof GraphQLError ? error : undefined;
  if (place && isAboutTheDocument(place)) return withCode(place);
  const known = exposedBehind(error) ?? refusedArgument(error);
  const body = known && options.messages[known.code] ? tell(known, options) : hide(error, options);
  return new GraphQLError(body.message, { ...placeOf(place), extensions: body.extensions });
}

/** The answer of an HTTP endpoint that failed: the status of the table and the masked error as JSON. */
export function errorResponse(
  error: unknown,
  options: MaskOptions,
  headers: Record<string, string> = {},
): Response {
  const { message, extensions } = maskError(error, options);
  const status = statusOf(error, options.messages);
  const retryAfter = retryAfterOf(status, extensions);
  return Response.json(
    { message, extensions },
    { status, headers: { ...(retryAfter !== null && { "retry-after": retryAfter }), ...headers } },
  );
}

// RFC 9110 section 10.2.3: whole seconds.
function retryAfterOf(status: number, { retryAfterSeconds }: ErrorArgs): string | null {
  if (typeof retryAfterSeconds === "number") return String(retryAfterSeconds);
  return status === 503 ? RETRY_AFTER_SECONDS : null;
}

/** When to try again what is not there at the moment: it is restarted, or taken over, within about that time. */
const RETRY_AFTER_SECONDS = "2";

/** The HTTP status an error stands for: that of the table, 500 when the user is told nothing. */
export function statusOf(error: unknown, messages: ErrorTable): number {
  if (error instanceof GraphQLError && isAboutTheDocument(error)) return 400;
  const known = exposedBehind(error);
  return (known && messages[known.code]?.status) ?? 500;
}

/** The exposed error an error is, or that a GraphQL executor wrapped with a path; null when there is none. */
export function exposedBehind(error: unknown): ExposedError | null {
  let inner: unknown = error;
  while (inner instanceof GraphQLError && inner.originalError) inner = inner.originalError;
  return inner instanceof ExposedError ? inner : null;
}

/** Says what was being done when a library failed, and keeps its error as the cause; an exposed error stays what it is. */
export function wrap(error: unknown, whatWasBeingDone: string): Error {
  if (error instanceof ExposedError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`${whatWasBeingDone}: ${reason}`, { cause: error });
}

// What graphql-js says of an argument that only turns out not to fit when the field is executed: a variable that may be null, in a
// place that has a default and may not (GraphQL specification, section 6.4.1, CoerceArgumentValues).
function refusedArgument(error: unknown): ExposedError | null {
  const inner = error instanceof GraphQLError && error.path ? error.originalError : undefined;
  if (!(inner instanceof GraphQLError) || inner.originalError) return null;
  const [, argument] = /^Argument "(\w+)" (?:has invalid value|of )/.exec(inner.message) ?? [];
  if (argument === undefined) return null;
  const reason = "a variable in it is null where there may be no null";
  return exposed("INVALID_ARGUMENT", inner.message, { argument, reason });
}

function tell(error: ExposedError, { log, messages }: MaskOptions) {
  const { code, args } = error;
  log.info({ userError: true, code, args }, error.message);
  const message = messages[code]!.message as (args: ErrorArgs) => string;
  return { message: message(args), extensions: { ...args, code } };
}

function hide(error: unknown, { log, traceId = currentTrace()?.traceId, messages }: MaskOptions) {
  log.error({ err: withoutPlace(error) }, "An error that no user is to read");
  const message = messages[INTERNAL_ERROR]?.message as ((args: ErrorArgs) => string) | undefined;
  return {
    message: message?.({ traceId }) ?? "Something went wrong on our side.",
    extensions: { code: INTERNAL_ERROR, ...(traceId && { traceId }) },
  };
}

// Parsing, validation and the coercion of variables fail before any resolver ran: such errors have no path, and quote
// nothing but what the caller sent. Anything a resolver or a library threw has a path or a foreign original error.
function isAboutTheDocument(error: GraphQLError): boolean {
  if (error.path) return false;
  const inner = error.originalError;
  return !inner || (inner instanceof GraphQLError && isAboutTheDocument(inner));
}

function withCode(error: GraphQLError): GraphQLError {
  if (typeof error.extensions["code"] === "string") return error;
  const extensions = { ...error.extensions, code: "BAD_REQUEST" };
  return new GraphQLError(error.message, { ...placeOf(error), extensions });
}

function placeOf(error: GraphQLError | undefined): GraphQLErrorOptions {
  if (!error) return {};
  const { nodes, source, positions, path } = error;
  return {
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
    ...(path && { path }),
  };
}

function withoutPlace(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}
