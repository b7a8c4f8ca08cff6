import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { invalidArgument } from "#supergraph/domainErrors.ts";
import { Rotation } from "./entities/Rotation.ts";
import type { Schedule } from "./entities/Schedule.ts";
import { findRotation } from "./rotations/findRotation.ts";
import { lockSchedule } from "./rules/lockSchedule.ts";
import { endVersion, versionInForce } from "./rotations/versionInForce.ts";

/**
 * Takes a rotation out of its schedule at once; its past shifts stay. Throws NOT_FOUND, and INVALID_ARGUMENT for the last
 * one: delete the schedule.
 */
export async function removeRotation(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<{ deletedRotationId: string; schedule: Schedule }> {
  return db.transaction(async (tx) => {
    const { scheduleId } = await findRotation(tx, what.id);
    const schedule = await lockSchedule(tx, scheduleId);
    const rotation = await findRotation(tx, what.id);
    if ((await tx.count(Rotation, { scheduleId })) === 1) {
      const reason = "a schedule keeps at least one rotation; delete the schedule instead";
      throw invalidArgument("id", reason);
    }
    const now = await tx.now();
    const inForce = await versionInForce(tx, rotation, now);
    if (inForce) await endVersion(tx, inForce, now);
    await tx.delete(Rotation, { id: rotation.id });
    return { deletedRotationId: rotation.id, schedule };
  });
}
