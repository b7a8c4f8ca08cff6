import type { FetchNode, PlanNode, SubscriptionNode } from "@apollo/query-planner";

/** Every fetch of a plan, in the order the plan names them. */
export function fetchesOf(node: PlanNode | SubscriptionNode | undefined): FetchNode[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case "Fetch":
      return [node];
    case "Sequence":
    case "Parallel":
      return node.nodes.flatMap(fetchesOf);
    case "Flatten":
      return fetchesOf(node.node);
    case "Condition":
      return [...fetchesOf(node.ifClause), ...fetchesOf(node.elseClause)];
    case "Defer":
      return [
        ...fetchesOf(node.primary.node),
        ...node.deferred.flatMap((deferred) => fetchesOf(deferred.node)),
      ];
    case "Subscription":
      return [node.primary, ...fetchesOf(node.rest)];
  }
}
