import { LONGEST_TITLE } from "#supergraph/domainErrors.ts";

/** A title that an incident can have, of whatever a machine calls something: never empty, and never cut through a character. */
export function storableTitle(title: string): string {
  const whole = title.replaceAll("\0", "").toWellFormed();
  // Half of a pair that the cut leaves at the end would be replaced by a character of its own.
  const cut = whole.slice(0, LONGEST_TITLE).replace(/[\ud800-\udbff]$/, "");
  return cut.trim() ? cut : "An alert without a title";
}
