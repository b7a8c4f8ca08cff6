import { invalidArgument } from "#supergraph/domainErrors.ts";
import type { Interval } from "../arithmetic/intervals.ts";

/** The longest time that is asked about or overridden at once. */
const LONGEST_DAYS = 366;

const FIRST = Temporal.Instant.from("1900-01-01T00:00Z");
const LAST = Temporal.Instant.from("2200-01-01T00:00Z");

/** Throws INVALID_ARGUMENT for a stretch of time that ends before it begins, lasts over 366 days, or is not between 1900 and 2200. */
export function requireWindow({ from, to }: Interval): void {
  const hours = from.until(to, { largestUnit: "hours" }).total({ unit: "hours" });
  if (hours <= 0) throw invalidArgument("to", "must come after from");
  if (hours > LONGEST_DAYS * 24) throw invalidArgument("to", `must be within ${LONGEST_DAYS} days of from`);
  requireMoment("from", from);
  requireMoment("to", to);
}

/** Throws INVALID_ARGUMENT for a moment that is not between 1900 and 2200, where schedules are calculated. */
export function requireMoment(argument: string, moment: Temporal.Instant): void {
  if (Temporal.Instant.compare(moment, FIRST) < 0) throw invalidArgument(argument, "must be after 1900");
  if (Temporal.Instant.compare(moment, LAST) > 0) throw invalidArgument(argument, "must be before 2200");
}

/** The shortest time that a database can tell, from a moment on: who is on call in it is on call at the moment. */
export function momentWindow(at: Temporal.Instant): Interval {
  const from = at.round({ smallestUnit: "microsecond", roundingMode: "floor" });
  return { from, to: from.add({ microseconds: 1 }) };
}
