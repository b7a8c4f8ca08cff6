import type { PlanNode } from "@apollo/query-planner";
import type { Data } from "#shared/graphql/data.ts";
import { ancestorsAt, takesContext } from "./contextValues.ts";
import { fetchesOf } from "../planning/planNodes.ts";
import { fetchInto } from "./fetchInto.ts";
import { objectsAt } from "./flatten.ts";
import type { Walk } from "./run.ts";

/** Carries out one node of a plan for these objects. */
export async function walk(node: PlanNode, to: Walk, objects: readonly Data[]): Promise<void> {
  if (!objects.length) return skipped(node, to);
  switch (node.kind) {
    case "Sequence":
      for (const next of node.nodes) await walk(next, to, objects);
      return;
    case "Parallel":
      await Promise.all(node.nodes.map((next) => walk(next, to, objects)));
      return;
    case "Flatten":
      if (takesContext(node.node)) {
        const ancestors = ancestorsAt(objects, node.path);
        return walk(node.node, { ...to, ancestors }, [...ancestors.keys()]);
      }
      return walk(node.node, to, objectsAt(objects, node.path));
    case "Condition": {
      const next = to.run.variables[node.condition] === true ? node.ifClause : node.elseClause;
      return next && walk(next, to, objects);
    }
    case "Fetch":
      await fetchInto(node, to, objects);
      return to.deferring?.fetched(node);
    case "Defer":
      if (!to.deferring) throw new Error("Nothing is deferred by this executor.");
      return to.deferring.begin(node, to, objects);
  }
}

function skipped(node: PlanNode, { fetches, fetchCache }: Walk): void {
  for (const fetch of fetchesOf(node)) {
    const planned = fetches.get(fetch);
    if (planned) fetchCache.skip(planned);
  }
}
