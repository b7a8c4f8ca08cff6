import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { invalidArgument } from "#supergraph/refusals.ts";
import { Rotation } from "./entities/Rotation.ts";
import type { Schedule } from "./entities/Schedule.ts";
import { findRotation } from "./findRotation.ts";
import { lockSchedule } from "./lockSchedule.ts";

/** Takes a rotation out of its schedule. Throws NOT_FOUND, and INVALID_ARGUMENT for the last one: delete the schedule. */
export async function removeRotation(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<Schedule> {
  return db.transaction(async (tx) => {
    const { id, scheduleId } = await findRotation(tx, what.id);
    const schedule = await lockSchedule(tx, scheduleId);
    if ((await tx.count(Rotation, { scheduleId })) === 1) {
      const reason = "a schedule keeps at least one rotation; delete the schedule instead";
      throw invalidArgument("id", reason);
    }
    await tx.delete(Rotation, { id });
    return schedule;
  });
}
