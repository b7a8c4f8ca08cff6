import type { Load } from "#shared/loaders/loaders.ts";
import { gapsBetween, type Interval } from "./arithmetic/intervals.ts";
import type { Window } from "./loaders/shiftsBySchedule.ts";
import { findShifts } from "./findShifts.ts";

/** When nobody is on call within a time. Throws INVALID_ARGUMENT for a time of over 366 days. */
export async function findGaps(load: Load, window: Window): Promise<Interval[]> {
  return gapsBetween({ from: window.from, to: window.to }, await findShifts(load, window));
}
