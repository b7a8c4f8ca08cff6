import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { momentAfter } from "./arithmetic/intervals.ts";
import { Schedule } from "./entities/Schedule.ts";
import { findShifts } from "./loaders/shiftsBySchedule.ts";

/** Who is on call in one schedule: nobody, when there are no user ids. */
export interface OnCallAnswer {
  scheduleId: string;
  name: string;
  userIds: string[];
}

/** Who is on call in these schedules at a moment, each person once. A schedule that does not exist is absent from the answer. */
export async function whoIsOnCall(
  db: TenantDatabase,
  what: { scheduleIds: readonly string[]; at: Temporal.Instant },
): Promise<OnCallAnswer[]> {
  return db.reading(async (reading) => {
    const found = await reading.find(Schedule, { id: { $in: [...what.scheduleIds] } });
    const [from, to] = [what.at, momentAfter(what.at)];
    const answers = await findShifts(
      reading,
      found.map(({ id: scheduleId }) => ({ scheduleId, from, to })),
    );
    return found.map(({ id: scheduleId, name }, index) => {
      const userIds = [...new Set(answers[index]!.shifts.map((shift) => shift.userId))];
      return { scheduleId, name, userIds };
    });
  });
}
