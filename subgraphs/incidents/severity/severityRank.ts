import type { Severity } from "#supergraph/commands.ts";

const ranks: Record<Severity, number> = { CRITICAL: 1, HIGH: 2, MEDIUM: 3, LOW: 4 };
const bySeverity: readonly Severity[] = ["CRITICAL", "HIGH", "MEDIUM", "LOW"];

/** The place of a severity when the worst comes first: 1 for CRITICAL. */
export function severityRank(severity: Severity): number {
  return ranks[severity];
}

/** The severity at a place: CRITICAL for 1. */
export function severityOf(rank: number): Severity {
  return bySeverity[rank - 1] ?? "LOW";
}
