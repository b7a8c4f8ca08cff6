import type { z } from "zod";

/** Declares a kind of alert source: what it posts, and what its alerts are called in our words. */
export function defineAlertSource<const Type extends string, Payload extends z.ZodType, Part>(
  source: AlertSourceKind<Type, Payload, Part>,
): AlertSourceKind<Type, Payload, Part> {
  return source;
}

/** A kind of alert source. `Part` is the piece of a payload that is about one alert. */
export interface AlertSourceKind<
  Type extends string = string,
  Payload extends z.ZodType = z.ZodType,
  Part = unknown,
> {
  /** Its value in the GraphQL enum AlertSourceType. */
  readonly type: Type;
  readonly name: string;
  /** How to set it up on the other side, in Markdown. */
  readonly docs: string;
  readonly class: "METRICS" | "GENERIC";
  readonly payload: Payload;
  /** A payload as the tool sends it. */
  readonly example: z.input<Payload>;
  /** How a request is known to come from the source, for people. */
  readonly verification: string;
  /** The pieces of a payload that are about one alert each, in the order in which they hold. */
  parts(payload: z.output<Payload>): readonly Part[];
  /** What makes two firings the same alert while it is open. */
  dedupKey(part: Part): string;
  title(part: Part): string;
  description(part: Part): string | null;
  status(part: Part): AlertStatus;
  priority(part: Part): AlertPriority;
  labels(part: Part): Readonly<Record<string, string>>;
  /** Where the tool shows it. */
  sourceUrl(part: Part): string | null;
}

/** Whether an alert's condition holds. */
export type AlertStatus = "FIRING" | "RESOLVED";

/** The most pressing first. */
export const alertPriorities = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO"] as const;
/** How pressing an alert is. */
export type AlertPriority = (typeof alertPriorities)[number];

const spellings: Readonly<Record<string, AlertPriority>> = {
  p1: "CRITICAL",
  sev1: "CRITICAL",
  critical: "CRITICAL",
  emergency: "CRITICAL",
  page: "CRITICAL",
  p2: "HIGH",
  sev2: "HIGH",
  high: "HIGH",
  error: "HIGH",
  major: "HIGH",
  p3: "MEDIUM",
  sev3: "MEDIUM",
  medium: "MEDIUM",
  warning: "MEDIUM",
  warn: "MEDIUM",
  p4: "LOW",
  low: "LOW",
  minor: "LOW",
  p5: "INFO",
  info: "INFO",
  informational: "INFO",
  none: "INFO",
};

/** What people write into a severity label, in our words; HIGH when it says nothing we know: better one page too many. */
export function priorityOf(text: string | undefined): AlertPriority {
  return spellings[text?.trim().toLowerCase() ?? ""] ?? "HIGH";
}

/** A dedup key of labels: the same for the same labels, in whatever order they come. */
export function keyOfLabels(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
}
