import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { Override } from "./entities/Override.ts";
import { PastRotationVersion } from "./entities/PastRotationVersion.ts";
import { Rotation } from "./entities/Rotation.ts";
import { Schedule } from "./entities/Schedule.ts";
import { lockSchedule } from "./lockSchedule.ts";

/** Deletes a schedule with its rotations and overrides. Throws NOT_FOUND. */
export async function deleteSchedule(db: TenantDatabase, _by: Actor, what: { id: string }): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { id: scheduleId } = await lockSchedule(tx, what.id);
    await tx.delete(Override, { scheduleId });
    await tx.delete(PastRotationVersion, { scheduleId });
    await tx.delete(Rotation, { scheduleId });
    await tx.delete(Schedule, { id: scheduleId });
    return true;
  });
}
