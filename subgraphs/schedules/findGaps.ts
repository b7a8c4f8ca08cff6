import type { Load } from "#shared/loaders/loaders.ts";
import { inSlices } from "#shared/runtime/inSlices.ts";
import { stretchOf, type Interval } from "./arithmetic/intervals.ts";
import { scheduleGaps } from "./arithmetic/scheduleGaps.ts";
import { calendarByWindow, type Window } from "./loaders/calendarByWindow.ts";
import { requireWindow } from "./requireWindow.ts";

/** When nobody is on call within a time. Throws INVALID_ARGUMENT for a time of over 366 days. */
export async function findGaps(load: Load, window: Window): Promise<Interval[]> {
  requireWindow(window);
  const calendar = (await load(calendarByWindow, window))?.calendar;
  const { from, to } = window;
  return calendar ? inSlices(scheduleGaps(calendar, stretchOf(window), () => true)) : [{ from, to }];
}
