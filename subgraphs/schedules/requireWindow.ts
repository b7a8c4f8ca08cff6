import { invalidArgument } from "#supergraph/refusals.ts";
import type { Interval } from "./arithmetic/intervals.ts";

/** The longest time that is asked about or overridden at once. */
const LONGEST_DAYS = 366;

/** Throws INVALID_ARGUMENT for a stretch of time that ends before it begins, or lasts over 366 days. */
export function requireWindow({ from, to }: Interval): void {
  const hours = from.until(to, { largestUnit: "hours" }).total({ unit: "hours" });
  if (hours <= 0) throw invalidArgument("to", "must come after from");
  if (hours > LONGEST_DAYS * 24) throw invalidArgument("to", `must be within ${LONGEST_DAYS} days of from`);
}
