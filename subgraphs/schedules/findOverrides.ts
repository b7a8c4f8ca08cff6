import type { Load } from "#shared/loaders/loaders.ts";
import type { Override } from "./entities/Override.ts";
import type { Window } from "./loaders/calendarByWindow.ts";
import { overridesBySchedule } from "./loaders/overridesBySchedule.ts";
import { requireWindow } from "./rules/requireWindow.ts";

/** The overrides of a schedule that touch a time, by their beginning. Throws INVALID_ARGUMENT for a time of over 366 days. */
export async function findOverrides(load: Load, window: Window): Promise<Override[]> {
  requireWindow(window);
  return (await load(overridesBySchedule, window))?.overrides ?? [];
}
