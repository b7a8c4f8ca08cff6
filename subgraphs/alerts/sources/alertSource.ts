import type { Fields } from "./fields.ts";
import type { AlertPriority, AlertStatus } from "./vocabulary.ts";

/** Declares a kind of alert source: what it posts, and what its alerts are called in our words. */
export function defineAlertSource<const Type extends string>(
  source: AlertSourceKind<Type>,
): AlertSourceKind<Type> {
  return source;
}

/** A kind of alert source. A part is the piece of a payload that is about one alert. */
export interface AlertSourceKind<Type extends string = string> {
  /** Its value in the GraphQL enum AlertSourceType. */
  readonly type: Type;
  readonly name: string;
  /** How to set it up on the other side, in Markdown. */
  readonly docs: string;
  readonly class: "METRICS" | "GENERIC";
  /** A payload as the tool sends it. */
  readonly example: object;
  /** How a request is known to come from the source, for people. */
  readonly verification: string;
  /** The field of a payload that is the list of its parts; null when the payload is the list, or the one part. */
  readonly listIn: string | null;
  /** What has at least one of these fields is about an alert, whatever else it lacks. */
  readonly needs: readonly string[];
  /** An alert in our words. What its part lacks or has wrong never costs the alert; `whole` is the rest of the payload. */
  read(part: Fields, whole: Fields): ReadAlert;
}

/** An alert as its source's kind reads it: of any length, and with null for what is not there. */
export interface ReadAlert {
  /** What makes two firings the same alert while it is open; null when nothing that is usable says which alert it is. */
  readonly dedupKey: string | null;
  readonly title: string | null;
  readonly description: string | null;
  /** FIRING when null. */
  readonly status: AlertStatus | null;
  readonly priority: AlertPriority;
  readonly labels: Readonly<Record<string, string>>;
  /** Where the tool shows it. */
  readonly sourceUrl: string | null;
  /** When the episode began, and when it ended. */
  readonly startsAt: Temporal.Instant | null;
  readonly endsAt: Temporal.Instant | null;
}

/** A dedup key of labels: the same for the same labels, in whatever order they come; null when there are none. */
export function keyOfLabels(labels: Readonly<Record<string, string>>): string | null {
  if (Object.keys(labels).length === 0) return null;
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
}
