import { defineErrors } from "#shared/errors/exposed.ts";
import { exposed as promised } from "#supergraph/errors.ts";

/** Tells a caller what went wrong: a code of the services' table, or one of those that only the gateway has. */
export const exposed = defineErrors({
  ...promised.table,
  TENANT_NOT_LISTED: {
    status: 403,
    message: () =>
      "You do not belong to the tenant of x-tenant-id, or it has to be named because you belong to several.",
  },
  LIMIT_EXCEEDED: {
    status: 400,
    message: ({ limit, maximum }: { limit: string; maximum: number }) =>
      `This request exceeds the limit of ${maximum} for ${limit}.`,
  },
  COST_EXCEEDED: {
    status: 400,
    message: ({ cost, maximum }: { limit: string; cost: number; maximum: number }) =>
      `This operation costs ${cost}, and ${maximum} is the most. Ask for fewer items, or for less of each.`,
  },
  LIST_SIZE_INVALID: {
    status: 400,
    message: ({ argument }: { argument: string }) => `${argument} must be a number from 0 to 2147483647.`,
  },
  DEADLINE_EXCEEDED: {
    status: 504,
    message: ({ milliseconds }: { milliseconds: number }) =>
      `This took longer than ${milliseconds} ms and was given up.`,
  },
  PREFLIGHT_REQUIRED: {
    status: 400,
    message: ({ headers }: { headers: readonly string[] }) =>
      `Send a GET, or files, with one of these headers, not empty: ${headers.join(", ")}. It proves that no foreign page sent it.`,
  },
  CONTENT_TYPE_UNSUPPORTED: {
    status: 415,
    message: () => "Send a GraphQL request as POST with content-type application/json, in UTF-8.",
  },
  MUTATION_NEEDS_POST: { status: 405, message: () => "A mutation is only run from a POST request." },
  METHOD_NOT_ALLOWED: { status: 405, message: () => "GraphQL is spoken with GET and POST." },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    message: () => "Only documents of the published manifest are run here; this one is not among them.",
  },
  // What clients of automatic persisted queries understand: they send the whole document from then on.
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 400,
    message: () => "No documents are kept here by their id or hash. Send the document.",
  },
  PERSISTED_QUERY_NOT_FOUND: { status: 404, message: () => "There is no document of this id." },
  INTROSPECTION_DISABLED: {
    status: 403,
    message: ({ permission }: { permission: string }) =>
      `Reading the schema needs the permission ${permission}.`,
  },
  SUBGRAPH_UNAVAILABLE: {
    status: 503,
    message: ({ subgraph }: { subgraph: string }) => `${subgraph} cannot be reached right now. Try again.`,
  },
  SIGN_IN_REFUSED: {
    status: 403,
    message: ({ reason }: { reason: string }) => `Nobody was signed in: ${reason}.`,
  },
  SUBSCRIPTION_TOO_SLOW: {
    status: 429,
    message: ({ maximumBytes }: { maximumBytes: number }) =>
      `More than ${maximumBytes} bytes waited to be read. Read faster, or subscribe to less; subscribe again to go on.`,
  },
  PLAN_TOO_LARGE: { status: 400, message: () => "This operation needs more fetches than are allowed." },
  PLANNING_LIMIT_EXCEEDED: {
    status: 400,
    message: () => "Planning this operation takes too long, or too much memory. Ask for less at once.",
  },
  PLANNING_OVERLOADED: {
    status: 503,
    message: () => "Too many operations wait to be planned. Try again.",
  },
  OPERATION_NOT_PLANNED: { status: 400, message: () => "This operation could not be planned." },
});

/** Every error a caller of the gateway can meet: those of the services and its own. */
export const messages = exposed.table;

/**
 * Codes of GraphQL over HTTP and of Apollo, whose errors say what is wrong with a request in the words of whoever found it; and the one by
 * which a subscription is ended that has to begin anew on another graph.
 */
export const PROTOCOL_CODES: ReadonlySet<string> = new Set([
  "BAD_REQUEST",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "SUBSCRIPTION_RESTARTED",
]);

/** Whether a caller can meet an error of this code: the table's and the protocols' are all there are. */
export function isCodeForCallers(code: unknown): code is string {
  return typeof code === "string" && (Object.hasOwn(messages, code) || PROTOCOL_CODES.has(code));
}
