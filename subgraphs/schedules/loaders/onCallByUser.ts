import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { isUuid } from "#shared/database/where.ts";
import { loadMany } from "#shared/loaders/loaders.ts";
import { momentAfter } from "../arithmetic/intervals.ts";
import { findShifts, type ScheduledShift } from "./shiftsBySchedule.ts";

/** The shifts that people are on right now, in whichever schedules they have a part. */
export const onCallByUser = loadMany({
  name: "onCallByUser",
  async fetch(db, keys: readonly string[]): Promise<ScheduledShift[]> {
    // A key comes from whoever refers to the user.
    const userIds = keys.filter(isUuid);
    const now = await db.now();
    const windows = (await schedulesOf(db, userIds)).map((scheduleId) => ({
      scheduleId,
      from: now,
      to: momentAfter(now),
    }));
    const answers = await findShifts(db, windows);
    return answers.flatMap((answer) => answer.shifts).filter((shift) => userIds.includes(shift.userId));
  },
  key: (shift) => shift.userId,
});

async function schedulesOf(db: TenantDatabase, userIds: readonly string[]): Promise<string[]> {
  const rows = await db.sql<{ schedule_id: string }>`
    select schedule_id from schedules.rotation where participant_ids ?| ${userIds}
    union
    select schedule_id from schedules.override where user_id = any (${userIds}) and to_at > process.now()`;
  return rows.map((row) => row.schedule_id);
}
