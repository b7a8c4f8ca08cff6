import { operationFromDocument } from "@apollo/federation-internals";
import { QueryPlanner, type PlanNode, type QueryPlan, type SubscriptionNode } from "@apollo/query-planner";
import type { DocumentNode } from "graphql";
import { checkFetch } from "./checkFetch.ts";
import { exactLiterals } from "./exactLiterals.ts";
import { fetchesOf, mapFetches } from "./planNodes.ts";
import { readPlannedGraph, type PlannedGraph } from "./plannedGraph.ts";
import { withoutRootConditions } from "./rootConditions.ts";
import { withoutVariants } from "./requiredArgumentsPlan.ts";
import type { SupergraphFacts } from "./supergraphFacts.ts";

/** The stock planner over one supergraph. */
export interface Planner extends PlannedGraph {
  /**
   * Plans the only operation of a document that is valid, with fields moved to where they are going by the labels that are on; throws when
   * the planner cannot. Takes from tens of milliseconds to minutes.
   */
  plan(document: DocumentNode, how?: { readonly labelsOn?: readonly string[] | undefined }): QueryPlan;
}

/** Reads the supergraph and makes a planner for it; throws when the supergraph is not valid. */
export function openPlanner(
  supergraph: string | DocumentNode,
  limits: { readonly evaluatedPlans: number },
): Planner {
  const { graph, input } = readPlannedGraph(supergraph);
  const { built, planned, variants, linked, external } = input;
  const planner = new QueryPlanner(built, {
    reuseQueryFragments: false,
    incrementalDelivery: { enableDefer: true },
    debug: { maxEvaluatedPlans: limits.evaluatedPlans },
  });
  return {
    ...graph,
    plan(operation, { labelsOn } = {}) {
      const exact = exactLiterals(operation, graph.apiSchema, graph.prefix);
      const plan = planner.buildQueryPlan(
        operationFromDocument(planned, linked.without(exact?.document ?? operation), { validate: false }),
        { overrideConditions: overrideConditions(graph.facts, labelsOn) },
      );
      if (!plan.node) return plan;
      const translated = variants
        ? inOwnTerms(plan.node, (node) => withoutVariants(node, variants, graph.facts.graphOf))
        : plan.node;
      const own = mapFetches(translated, (fetch) => withoutRootConditions(fetch, graph.dataSchema));
      for (const fetch of fetchesOf(own))
        checkFetch(fetch, {
          schema: graph.dataSchema,
          external,
          graph: graph.facts.graphOf(fetch.serviceName),
        });
      return { ...plan, node: exact ? exact.restore(own) : own };
    },
  };
}

/** Which labels are on, in the planner's terms. */
export function overrideConditions(
  { overrideLabels }: SupergraphFacts,
  labelsOn: readonly string[] = [],
): Map<string, boolean> {
  return new Map(overrideLabels.map((label) => [label, labelsOn.includes(label)]));
}

function inOwnTerms(
  node: PlanNode | SubscriptionNode,
  translate: (node: PlanNode) => PlanNode,
): PlanNode | SubscriptionNode {
  if (node.kind !== "Subscription") return translate(node);
  return { ...node, ...(node.rest ? { rest: translate(node.rest) } : {}) };
}
