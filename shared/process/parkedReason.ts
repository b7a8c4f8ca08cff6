import { ZodError } from "zod";
import { exposedBehind, type ExposedError, type ErrorTable } from "#shared/errors/exposed.ts";
import { sqlStateOf } from "#shared/database/sqlState.ts";

/** After how many failures a command is parked, whatever the reason: more than an hour in. */
export const MOST_ATTEMPTS = 20;

// Two that insert the same at once: the second finds what the first wrote when it tries again.
const MOST_VIOLATIONS = 3;

/**
 * Why a command that failed so many times is parked, in a sentence for people that tells nothing of the inside; null when it is
 * tried again. Parked at once is what fails the same way each time: an error of the table, what cannot be read, and what the
 * database cannot store (SQLSTATE classes 22 and 23; PostgreSQL, appendix A).
 */
export function parkedReason(error: unknown, attempts: number, messages: ErrorTable): string | null {
  const exposed = exposedBehind(error);
  if (exposed && !PASSING.has(exposed.code)) return sentenceOf(exposed, messages);
  if (error instanceof ZodError) return `What was asked cannot be read: ${problemsOf(error)}.`;
  const state = sqlStateOf(error) ?? "";
  if (state.startsWith("22")) return "The database cannot store what was asked.";
  if (state.startsWith("23") && attempts >= MOST_VIOLATIONS)
    return "What was asked contradicts what is stored.";
  return attempts >= MOST_ATTEMPTS ? `It failed ${attempts} times.` : null;
}

/** The codes of errors that pass by themselves. */
const PASSING: ReadonlySet<string> = new Set([
  "CONFLICT",
  "SERVICE_UNAVAILABLE",
  "UNAUTHENTICATED",
  "INTERNAL_ERROR",
]);

function sentenceOf({ code, args }: ExposedError, messages: ErrorTable): string {
  const message = messages[code]?.message as ((args: object) => string) | undefined;
  return message?.(args) ?? code;
}

function problemsOf({ issues }: ZodError): string {
  const [first, ...more] = issues.map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
  return more.length > 0 ? `${first}, and ${more.length} more` : String(first);
}
