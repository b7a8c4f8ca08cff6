import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireVersion } from "#supergraph/domainErrors.ts";
import type { Rotation } from "./entities/Rotation.ts";
import { changeRotation } from "./rotations/changeRotation.ts";
import { findRotation } from "./rotations/findRotation.ts";
import { lockSchedule } from "./rules/lockSchedule.ts";
import { requirePeople } from "./rules/requirePeople.ts";
import type { People } from "./services.ts";
import { validRotation, type RotationInput } from "./rules/rotationInput.ts";

/**
 * Replaces everything a rotation says, from now on: whoever is on call stays until their handover, and the past stays as it
 * was. People who are in it already may be disabled. Throws NOT_FOUND, INVALID_ARGUMENT, VERSION_STALE when somebody else
 * changed it meanwhile.
 */
export async function updateRotation(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; rotation: RotationInput; expectedVersion?: number | null | undefined },
  people: People,
): Promise<Rotation> {
  const rotation = validRotation(what.rotation, "rotation");
  const { scheduleId, participantIds: mayBeDisabled } = await findRotation(db, what.id);
  const caller = { tenantId: db.tenantId };
  await requirePeople(people, caller, { userIds: rotation.participantIds, mayBeDisabled });
  return db.transaction(async (tx) => {
    await lockSchedule(tx, scheduleId);
    const current = await findRotation(tx, what.id);
    requireVersion("rotation", what.expectedVersion, current, {
      by,
      needs: ["ScheduleRead"],
      shown: {
        name: current.name,
        timeZone: current.timeZone,
        handoverTime: current.handoverTime,
        shiftLength: current.shiftLength,
        shiftUnit: current.shiftUnit,
      },
    });
    return changeRotation(tx, current, rotation);
  });
}
