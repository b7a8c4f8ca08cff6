import { setImmediate as othersTurn } from "node:timers/promises";

/** How many alerts are worked on before others have their turn. */
const PORTION = 50;

/** The items in portions, in their order; between two portions whatever else the process has to do gets its turn. */
export async function* portionsOf<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < items.length; from += PORTION) {
    if (from > 0) await othersTurn();
    yield items.slice(from, from + PORTION);
  }
}
