import { setImmediate as othersTurn, setTimeout as wait } from "node:timers/promises";
import { createFairShare } from "#shared/runtime/fairShare.ts";

/** How many alerts are worked on before others have their turn. */
const PORTION = 50;

const share = createFairShare({ factor: 2, longestMs: 200 });

/**
 * The items in portions, in their order; between two portions whatever else the process has to do gets its turn, and where it is said
 * whose they are, others for twice as long as the portion took, and 200 ms at most, while there are any.
 */
export async function* portionsOf<T>(items: readonly T[], owner?: string): AsyncGenerator<readonly T[]> {
  if (owner) share.note(owner);
  for (let from = 0; from < items.length; from += PORTION) {
    const began = performance.now();
    yield items.slice(from, from + PORTION);
    if (from + PORTION >= items.length) return;
    const restMs = owner ? share.restAfter(owner, performance.now() - began) : 0;
    await (restMs > 0 ? wait(restMs) : othersTurn());
  }
}
