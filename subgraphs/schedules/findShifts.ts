import type { Load } from "#shared/loaders/loaders.ts";
import { shiftsBySchedule, type ScheduledShift, type Window } from "./loaders/shiftsBySchedule.ts";
import { requireWindow } from "./requireWindow.ts";

/** The shifts of a schedule that touch a time, whole, by their beginning. Throws INVALID_ARGUMENT for a time of over 366 days. */
export async function findShifts(load: Load, window: Window): Promise<ScheduledShift[]> {
  requireWindow(window);
  return (await load(shiftsBySchedule, window))?.shifts ?? [];
}
