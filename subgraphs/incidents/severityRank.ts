import type { Severity } from "#supergraph/commands.ts";

const ranks: Record<Severity, number> = { CRITICAL: 1, HIGH: 2, MEDIUM: 3, LOW: 4 };

/** The place of a severity when the worst comes first: 1 for CRITICAL. */
export function severityRank(severity: Severity): number {
  return ranks[severity];
}
