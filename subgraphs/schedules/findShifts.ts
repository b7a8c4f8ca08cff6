import type { Load } from "#shared/loaders/loaders.ts";
import { inSlices } from "#shared/runtime/inSlices.ts";
import { invalidArgument } from "#supergraph/domainErrors.ts";
import { instantOf, stretchOf } from "./arithmetic/intervals.ts";
import { scheduleShifts, type OnCallShift } from "./arithmetic/scheduleShifts.ts";
import { calendarByWindow, type Window } from "./loaders/calendarByWindow.ts";
import { requireWindow } from "./rules/requireWindow.ts";

/** A shift, of the schedule it belongs to. */
export type ScheduledShift = OnCallShift & { scheduleId: string };

/** The most shifts of a schedule that are told at once: with more, writing the answer alone would hold the event loop for 50 ms. */
export const MOST_SHIFTS = 5_000;

/**
 * The shifts of a schedule that touch a time, whole, by their beginning. Throws INVALID_ARGUMENT for a time of over 366 days,
 * and for one with more than 5,000 shifts.
 */
export async function findShifts(load: Load, window: Window): Promise<ScheduledShift[]> {
  requireWindow(window);
  const calendar = (await load(calendarByWindow, window))?.calendar;
  if (!calendar) return [];
  const answer = await inSlices(scheduleShifts(calendar, stretchOf(window), MOST_SHIFTS));
  if ("tooManyAfter" in answer) {
    const until = instantOf(answer.tooManyAfter).toString();
    throw invalidArgument("to", `more than ${MOST_SHIFTS} shifts; ask for a time that ends before ${until}`);
  }
  return answer.shifts.map((shift) => ({ ...shift, scheduleId: window.scheduleId }));
}
