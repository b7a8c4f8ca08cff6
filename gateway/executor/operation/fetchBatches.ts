import type { FetchNode, PlanNode, SubscriptionNode } from "@apollo/query-planner";
import { openFetchBatch } from "./fetchBatch.ts";
import type { FetchBatch, PlannedFetch } from "./plannedFetch.ts";

/**
 * The entity fetches of a plan that go to one subgraph in one step, together, by each of them. What a fetch waits for is done before its
 * step; one that nothing waits for may go with a later step's, as many steps later as lie before it. Nothing is deferred across a @defer,
 * and nothing with arguments from a context goes with others, which are by object.
 */
export function fetchBatches(
  plan: PlanNode | SubscriptionNode,
  fetches: ReadonlyMap<FetchNode, PlannedFetch>,
): ReadonlyMap<FetchNode, FetchBatch> {
  const steps: Step[] = [];
  const root = plan.kind === "Subscription" ? plan.rest : plan;
  if (!root || lastStep(root, { step: 0, isLast: true }, steps) === null) return new Map();
  const bySubgraph = Map.groupBy(steps, ({ fetch }) => fetch.serviceName);
  const batches = new Map<FetchNode, FetchBatch>();
  for (const [, own] of bySubgraph) {
    const settled = own.filter(({ isLast, step }) => !isLast || !laterStep(own, step));
    const together = Map.groupBy(own, (one) =>
      settled.includes(one) ? one.step : (laterStep(settled, one.step) ?? one.step),
    );
    for (const [, those] of together) {
      if (those.length < 2) continue;
      const batch = openFetchBatch(those.map(({ fetch }) => fetches.get(fetch) as PlannedFetch));
      for (const { fetch } of those) batches.set(fetch, batch);
    }
  }
  return batches;
}

/** An entity fetch, how many steps are before it, and whether nothing waits for it. */
interface Step {
  readonly fetch: FetchNode;
  readonly step: number;
  readonly isLast: boolean;
}

function laterStep(steps: readonly Step[], step: number): number | undefined {
  const later = steps.flatMap((one) => (one.step > step && one.step <= 2 * step ? [one.step] : []));
  return later.length ? Math.min(...later) : undefined;
}

/** Notes the entity fetches of a node that begins with this step; the answer is the step after it, null where what is run is not known. */
function lastStep(node: PlanNode, { step, isLast }: Omit<Step, "fetch">, steps: Step[]): number | null {
  switch (node.kind) {
    case "Fetch":
      if (node.requires && !node.contextRewrites?.length) steps.push({ fetch: node, step, isLast });
      return step + 1;
    case "Flatten":
      return lastStep(node.node, { step, isLast }, steps);
    case "Parallel":
      return node.nodes.reduce<number | null>((end, inner) => {
        const own = lastStep(inner, { step, isLast }, steps);
        return own === null || end === null ? null : Math.max(own, end);
      }, step);
    case "Sequence":
      return node.nodes.reduce<number | null>((at, inner, index) => {
        const isOwnLast = isLast && index === node.nodes.length - 1;
        return at === null ? null : lastStep(inner, { step: at, isLast: isOwnLast }, steps);
      }, step);
    case "Condition":
    case "Defer":
      return null;
  }
}
