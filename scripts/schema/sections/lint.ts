import type { SubgraphSdl } from "#supergraph/registry/authorizationRules.ts";
import type { Finding } from "../finding.ts";

/** Which rules apply: all of this project's, those that suit any graph, or these by name. */
export type LintRules = "product" | "general" | readonly string[];

/** Reads the SDL as a reviewer would: names, descriptions, deprecations, lists. */
export async function lint(
  _subgraphs: readonly SubgraphSdl[],
  _rules: LintRules,
  _today: Temporal.PlainDate,
): Promise<Finding[]> {
  return [];
}
