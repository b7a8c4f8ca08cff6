import type { PlanCache, AskedOperation } from "./planCache.ts";
import { planDemand } from "./planning/planDemand.ts";
import type { ThreadedPlans } from "./planning/threadedPlans.ts";

/** What planning beforehand may take: of more, the first client that asks waits. */
const OPERATIONS = 1_000;
const MILLISECONDS = 30_000;
const HOW = { maxErrors: 1, hideSuggestions: true };

/**
 * Has the planner made, and plans for operations that were asked of another graph, as far as they are valid on this one. One after the other, so
 * that what a client waits for is not behind all of them. Never rejects; ends early when `signal` is aborted.
 */
export async function warmPlans(
  plans: PlanCache,
  planner: ThreadedPlans,
  { asked, signal }: { readonly asked: readonly AskedOperation[]; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  await planner.warm();
  const until = Date.now() + MILLISECONDS;
  for (const operation of asked.slice(0, OPERATIONS)) {
    if (signal?.aborted || Date.now() > until) return;
    const demand = planDemand({ owner: OWNER, deadline: until });
    try {
      const errors = await planner.errorsIn(operation.text, HOW, demand);
      if (errors.length === 0) await plans.warm(operation);
    } catch {
      // Whoever asks for it is told.
    }
  }
}

const OWNER = "\0 the next graph";
