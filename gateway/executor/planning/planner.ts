import { operationFromDocument } from "@apollo/federation-internals";
import { QueryPlanner, type PlanNode, type QueryPlan, type SubscriptionNode } from "@apollo/query-planner";
import type { DocumentNode } from "graphql";
import { exactLiterals } from "./exactLiterals.ts";
import { readPlannedGraph, type PlannedGraph } from "./plannedGraph.ts";
import { withoutVariants } from "./requiredArgumentsPlan.ts";

/** The stock planner over one supergraph. */
export interface Planner extends PlannedGraph {
  /** Plans the only operation of a document that is valid; throws when the planner cannot. Takes from tens of milliseconds to minutes. */
  plan(document: DocumentNode): QueryPlan;
}

/** Reads the supergraph and makes a planner for it; throws when the supergraph is not valid. */
export function openPlanner(
  supergraph: string | DocumentNode,
  limits: { readonly evaluatedPlans: number },
): Planner {
  const { graph, input } = readPlannedGraph(supergraph);
  const { built, planned, variants, linked } = input;
  const planner = new QueryPlanner(built, {
    reuseQueryFragments: false,
    incrementalDelivery: { enableDefer: true },
    debug: { maxEvaluatedPlans: limits.evaluatedPlans },
  });
  return {
    ...graph,
    plan(operation) {
      const exact = exactLiterals(operation, graph.apiSchema, graph.prefix);
      const plan = planner.buildQueryPlan(
        operationFromDocument(planned, linked.without(exact?.document ?? operation), { validate: false }),
      );
      if (!plan.node) return plan;
      const own = variants
        ? inOwnTerms(plan.node, (node) => withoutVariants(node, variants, graph.facts.graphOf))
        : plan.node;
      return { ...plan, node: exact ? exact.restore(own) : own };
    },
  };
}

function inOwnTerms(
  node: PlanNode | SubscriptionNode,
  translate: (node: PlanNode) => PlanNode,
): PlanNode | SubscriptionNode {
  if (node.kind !== "Subscription") return translate(node);
  return { ...node, ...(node.rest ? { rest: translate(node.rest) } : {}) };
}
