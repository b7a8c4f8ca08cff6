import { inSlices } from "#shared/runtime/inSlices.ts";
import { stretchOf, type Interval } from "./arithmetic/intervals.ts";
import { scheduleGaps } from "./arithmetic/scheduleGaps.ts";
import { peopleOf } from "./arithmetic/scheduleSegments.ts";
import { canBePaged, type AskingForPeople } from "./loaders/canBePaged.ts";
import { calendarByWindow, type Window } from "./loaders/calendarByWindow.ts";
import { requireWindow } from "./rules/requireWindow.ts";

/** When nobody who can be paged is on call within a time. Throws INVALID_ARGUMENT for a time of over 366 days. */
export async function findGaps(context: AskingForPeople, window: Window): Promise<Interval[]> {
  requireWindow(window);
  const { from, to, scheduleId } = window;
  const calendar = (await context.load(calendarByWindow, { scheduleId, from, to }))?.calendar;
  if (!calendar) return [{ from, to }];
  const people = peopleOf(calendar);
  const counted = await Promise.all(people.map((id) => canBePaged(context, id)));
  const counts = new Set(people.filter((_id, index) => counted[index]));
  return inSlices(scheduleGaps(calendar, stretchOf(window), (id) => counts.has(id)));
}
