import { ExposedError } from "#shared/errors/exposed.ts";
import { sqlStateOf } from "./sqlState.ts";

/**
 * The error as whoever asked for rows is to hear it: SERVICE_UNAVAILABLE when it says that the database cannot be reached, or went
 * away meanwhile; any other as it is.
 */
export function toldOfAbsence(error: unknown): unknown {
  if (!isAbsence(error)) return error;
  return new ExposedError(
    "SERVICE_UNAVAILABLE",
    `the database: ${(error as Error).message}`,
    { service: "The database" },
    { cause: error },
  );
}

/** Breaks off a connection that does not answer; what waits on it fails with this. */
export function noAnswer(why: string): Error {
  return Object.assign(new Error(why), { code: "ETIMEDOUT" });
}

// PostgreSQL, appendix A: 08 connection exceptions, 53300 too many connections, 57P0x shutting down, crashed or starting,
// 25P03 idle in transaction for too long, which is what the server says to a process that was stopped.
const STATES = /^(08...|53300|57P0[1-5]|25P03)$/;

const CODES: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

// node-postgres has no codes for these.
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed)/;

function isAbsence(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof ExposedError) return false;
  const { code, message } = error as Error & { code?: unknown };
  if (STATES.test(sqlStateOf(error) ?? "")) return true;
  return CODES.has(code) || MESSAGES.test(message) || isAbsence(error.cause);
}
