import { exposed } from "#supergraph/errors.ts";
import { alertPriorities, type AlertPriority, type AlertStatus } from "./sources/alertSource.ts";
import type { AnyAlertSourceKind } from "./sources/alertSources.ts";

/** One alert of a payload, in our words. */
export interface ReceivedAlert {
  dedupKey: string;
  title: string;
  description: string | null;
  status: AlertStatus;
  priority: AlertPriority;
  labels: Readonly<Record<string, string>>;
  sourceUrl: string | null;
  /** The part of the payload that is about it, as it came. */
  payload: unknown;
}

/** The alerts of a payload, in its order. Throws PAYLOAD_INVALID, with what is wrong and where, when it is not the source's. */
export function readPayload(kind: AnyAlertSourceKind, body: unknown): ReceivedAlert[] {
  const parsed = kind.payload.safeParse(withoutNul(body));
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({
      path: path.length ? path.map(String).join(".") : "the body",
      message,
    }));
    throw exposed("PAYLOAD_INVALID", `not a payload of ${kind.type}`, { source: kind.name, problems });
  }
  return kind.parts(parsed.data).map((part) => ({
    dedupKey: kind.dedupKey(part),
    title: shorten(kind.title(part), LONGEST_TITLE),
    description: kind.description(part),
    status: kind.status(part),
    priority: kind.priority(part),
    labels: kind.labels(part),
    sourceUrl: kind.sourceUrl(part),
    payload: part,
  }));
}

/** The place of a priority when the most pressing comes first: 1 for CRITICAL. */
export function priorityRank(priority: AlertPriority): number {
  return alertPriorities.indexOf(priority) + 1;
}

const MOST_PROBLEMS = 20;
const LONGEST_TITLE = 1_000;

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

// PostgreSQL keeps no NUL in a text. JSON may carry it, and no alert means it.
function withoutNul(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "");
  if (Array.isArray(value)) return value.map(withoutNul);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.replaceAll("\0", ""), withoutNul(inner)]),
  );
}
