import { defineErrors } from "#shared/errors/exposed.ts";

/** Tells a user what went wrong: a code of this table, an internal message that is only logged, and what the message needs. */
export const exposed = defineErrors({
  INTERNAL_ERROR: {
    status: 500,
    message: ({ traceId }: { traceId?: string }) =>
      traceId
        ? `Something went wrong on our side. Quote ${traceId} when you report it.`
        : "Something went wrong on our side.",
  },
  UNAUTHENTICATED: { status: 401, message: () => "Sign in, or send an API key." },
  PERMISSION_DENIED: {
    status: 403,
    message: ({ permissions }: { permissions: readonly string[] }) =>
      permissions.length
        ? `This needs the permission ${permissions.join(" and ")}.`
        : "This is not yours to do.",
  },
  ANSWER_TOO_LARGE: {
    status: 400,
    message: ({ limit, maximum }: { limit: string; maximum: number }) =>
      `The answer would hold more than ${maximum} ${limit}. Ask for fewer items, or for less of each.`,
  },
  NOT_FOUND: {
    status: 404,
    message: ({ thing, id }: { thing: string; id: string }) => `There is no ${thing} ${id}.`,
  },
  INVALID_ARGUMENT: {
    status: 400,
    message: ({ argument, reason }: { argument: string; reason: string }) => `${argument}: ${reason}.`,
  },
  ALREADY_EXISTS: {
    status: 409,
    message: ({ thing, value }: { thing: string; value: string }) => `The ${thing} ${value} exists already.`,
  },
  MOVE_NOT_ALLOWED: {
    status: 409,
    message: ({ thing, move, state }: { thing: string; move: string; state: string }) =>
      `This ${thing} is ${state}, so it cannot ${move}.`,
  },
  CONFLICT: {
    status: 409,
    message: () => "Somebody changed this at the same moment. Look at it again, then retry.",
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    message: ({ operation }: { operation: string }) =>
      `This idempotency key came with another input of ${operation} already. Take a new one for another request.`,
  },
  VERSION_STALE: {
    status: 409,
    message: ({
      thing,
      expectedVersion,
      version,
    }: {
      thing: string;
      expectedVersion: number;
      version: number;
      current: unknown;
    }) =>
      `Somebody changed this ${thing} meanwhile: you saw version ${expectedVersion}, it is at version ${version} now.`,
  },
  IN_USE: {
    status: 409,
    message: ({
      thing,
      usedBy,
    }: {
      thing: string;
      id: string;
      usedBy: readonly { thing: string; id: string; name: string }[];
    }) => `This ${thing} is in use by ${usedBy.map((user) => `${user.thing} ${user.name}`).join(", ")}.`,
  },
  LIMIT_REACHED: {
    status: 409,
    message: ({ limit, per, maximum }: { limit: string; per: string; maximum: number }) =>
      `There can be at most ${maximum} ${limit} in ${per}.`,
  },
  RATE_LIMITED: {
    status: 429,
    message: ({
      limit,
      maximum,
      per,
      retryAfterSeconds,
    }: {
      limit: string;
      maximum: number;
      per: string;
      retryAfterSeconds: number;
    }) => `More than ${maximum} ${limit} ${per}. Try again in ${retryAfterSeconds} s.`,
  },
  WEBHOOK_TOKEN_UNKNOWN: { status: 401, message: () => "This webhook address is not, or no longer, in use." },
  BODY_MALFORMED: {
    status: 400,
    message: ({ reason }: { reason: string }) => `The body is not valid JSON: ${reason}.`,
  },
  BODY_TOO_LARGE: {
    status: 413,
    message: ({ maximumBytes }: { maximumBytes: number }) => `The body is larger than ${maximumBytes} bytes.`,
  },
  BODY_ENCODING_UNSUPPORTED: {
    status: 415,
    message: ({ encoding }: { encoding: string }) =>
      `The content-encoding ${encoding} is not understood: send the body as it is, or as gzip.`,
  },
  PAYLOAD_INVALID: {
    status: 422,
    message: ({
      source,
      problems,
    }: {
      source: string;
      problems: readonly { path: string; message: string }[];
    }) =>
      `This is not a payload of ${source}: ${problems.map(({ path, message }) => `${path}: ${message}`).join("; ")}.`,
  },
  SERVICE_UNAVAILABLE: {
    status: 503,
    message: ({ service }: { service: string }) => `${service} cannot be reached right now. Try again.`,
  },
});

/** The code of an error that a user can meet. */
export type ErrorCode = keyof typeof exposed.table;
