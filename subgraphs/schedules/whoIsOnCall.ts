import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { inSlices } from "#shared/runtime/inSlices.ts";
import { instantOf, stretchOf } from "./arithmetic/intervals.ts";
import { onCallAndNextChange, type OnCallNow } from "./arithmetic/scheduleChanges.ts";
import { Schedule } from "./entities/Schedule.ts";
import { findCalendars } from "./loaders/calendarByWindow.ts";
import { requireMoment } from "./rules/requireWindow.ts";

/** Who is on call in one schedule: nobody, when there are no user ids. */
export interface OnCallAnswer {
  scheduleId: string;
  name: string;
  userIds: string[];
  /** The next moment at which it is other people; null when that does not happen within 366 days. */
  nextChangeAt: Temporal.Instant | null;
}

// Most schedules change hands within days: only for the others it is worth reading a year of overrides.
const LOOK_AHEAD_DAYS = [8, 366];

/**
 * Who is on call in these schedules at a moment, each person once, whether they can be paged or not, and when that changes. A
 * schedule that does not exist is absent from the answer. Throws INVALID_ARGUMENT for a moment that is not between 1900 and 2200.
 */
export async function whoIsOnCall(
  db: TenantDatabase,
  what: { scheduleIds: readonly string[]; at: Temporal.Instant },
): Promise<OnCallAnswer[]> {
  requireMoment("at", what.at);
  return db.reading(async (reading) => {
    const found = await reading.find(Schedule, { id: { $in: [...what.scheduleIds] } });
    const known = new Map<string, OnCallNow>();
    for (const days of LOOK_AHEAD_DAYS) {
      const open = found
        .filter(({ id }) => (known.get(id)?.nextChangeAt ?? null) === null)
        .map(({ id }) => id);
      for (const [id, answer] of await lookAhead(reading, open, what.at, days)) known.set(id, answer);
    }
    return found.map(({ id: scheduleId, name }) => {
      const { userIds, nextChangeAt } = known.get(scheduleId)!;
      return {
        scheduleId,
        name,
        userIds,
        nextChangeAt: nextChangeAt === null ? null : instantOf(nextChangeAt),
      };
    });
  });
}

async function lookAhead(
  db: TenantDatabase,
  scheduleIds: readonly string[],
  at: Temporal.Instant,
  days: number,
): Promise<[string, OnCallNow][]> {
  const to = at.add({ hours: days * 24 });
  const calendars = await findCalendars(
    db,
    scheduleIds.map((scheduleId) => ({ scheduleId, from: at, to })),
  );
  return Promise.all(
    calendars.map(async ({ scheduleId, calendar, ...window }): Promise<[string, OnCallNow]> => [
      scheduleId,
      await inSlices(onCallAndNextChange(calendar, stretchOf(window))),
    ]),
  );
}
