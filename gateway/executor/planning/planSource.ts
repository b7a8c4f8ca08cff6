import type { PlanNode, SubscriptionNode } from "@apollo/query-planner";
import type { DocumentNode } from "graphql";
import type { PlanDemand } from "./planDemand.ts";
import type { PlannedGraph } from "./plannedGraph.ts";
import type { SelectionShape } from "./selectionShape.ts";

/** A plan as it is made, here or in a thread. */
export interface MadePlan {
  readonly node?: PlanNode | SubscriptionNode | undefined;
  /** What each fetch brings, in the order of `fetchesOf`, where that has been worked out already. */
  readonly shapes?: readonly SelectionShape[];
}

/** How an operation is planned, and for whom. */
export interface PlanHow {
  readonly demand: PlanDemand;
  /** The labels of @override that are on. */
  readonly labelsOn: readonly string[];
}

/** A graph, and where plans for it come from. */
export interface PlanSource extends PlannedGraph {
  /** Plans the only operation of a document that is valid; throws or rejects when there is no plan. */
  plan(document: DocumentNode, how: PlanHow): MadePlan | Promise<MadePlan>;
}
