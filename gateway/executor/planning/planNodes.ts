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

/** The plan with other fetches in the places of its fetches. */
export function mapFetches<Node extends PlanNode | SubscriptionNode | undefined>(
  node: Node,
  map: (fetch: FetchNode) => FetchNode,
): Node {
  return mappedNode(node, map) as Node;
}

function mappedNode(
  node: PlanNode | SubscriptionNode | undefined,
  map: (fetch: FetchNode) => FetchNode,
): PlanNode | SubscriptionNode | undefined {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case "Fetch":
      return map(node);
    case "Sequence":
    case "Parallel":
      return { ...node, nodes: node.nodes.map((inner) => mapFetches(inner, map)) };
    case "Flatten":
      return { ...node, node: mapFetches(node.node, map) };
    case "Condition":
      return {
        ...node,
        ...(node.ifClause && { ifClause: mapFetches(node.ifClause, map) }),
        ...(node.elseClause && { elseClause: mapFetches(node.elseClause, map) }),
      };
    case "Defer":
      return {
        ...node,
        primary: { ...node.primary, ...(node.primary.node && { node: mapFetches(node.primary.node, map) }) },
        deferred: node.deferred.map((part) => ({
          ...part,
          ...(part.node && { node: mapFetches(part.node, map) }),
        })),
      };
    case "Subscription":
      return { ...node, primary: map(node.primary), ...(node.rest && { rest: mapFetches(node.rest, map) }) };
  }
}
