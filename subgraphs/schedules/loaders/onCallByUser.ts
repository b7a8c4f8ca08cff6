import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { isUuid } from "#shared/database/where.ts";
import { createLoad, loadMany } from "#shared/loaders/loaders.ts";
import { findShifts, type ScheduledShift } from "../findShifts.ts";
import { momentWindow } from "../rules/requireWindow.ts";

/** The shifts that people are on right now, in whichever schedules they have a part. */
export const onCallByUser = loadMany({
  name: "onCallByUser",
  async fetch(db, keys: readonly string[]): Promise<ScheduledShift[]> {
    // A key comes from whoever refers to the user.
    const userIds = keys.filter(isUuid);
    const now = momentWindow(await db.now());
    const load = createLoad(db);
    const scheduleIds = await schedulesOf(db, userIds);
    const shifts = await Promise.all(
      scheduleIds.map((scheduleId) => findShifts(load, { scheduleId, ...now })),
    );
    const asked = new Set(userIds);
    return shifts.flat().filter((shift) => asked.has(shift.userId));
  },
  key: (shift) => shift.userId,
});

async function schedulesOf(db: TenantDatabase, userIds: readonly string[]): Promise<string[]> {
  const rows = await db.sql<{ schedule_id: string }>`
    select schedule_id from schedules.rotation where participant_ids ?| ${userIds}
    union
    select schedule_id from schedules.past_rotation_version
    where participant_ids ?| ${userIds} and effective_to > process.now()
    union
    select schedule_id from schedules.override where user_id = any (${userIds}) and to_at > process.now()`;
  return rows.map((row) => row.schedule_id);
}
