import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireRoom } from "#shared/limits/limits.ts";
import { Rotation } from "./entities/Rotation.ts";
import { limits } from "./limits.ts";
import { lockSchedule } from "./rules/lockSchedule.ts";
import { requirePeople } from "./rules/requirePeople.ts";
import type { People } from "./services.ts";
import { requireFewRotations, validRotation, type RotationInput } from "./rules/rotationInput.ts";

/**
 * Adds a rotation to a schedule, behind the others. Turns are counted from its start; it puts people on call from now on,
 * never in the past. Throws NOT_FOUND, INVALID_ARGUMENT, also for the 51st, LIMIT_REACHED.
 */
export async function addRotation(
  db: TenantDatabase,
  by: Actor,
  what: { scheduleId: string; rotation: RotationInput },
  people: People,
): Promise<Rotation> {
  const rotation = validRotation(what.rotation, "rotation");
  await requirePeople(people, { tenantId: db.tenantId }, { userIds: rotation.participantIds });
  return db.transaction(async (tx) => {
    await requireRoom(tx, limits.rotations, { entity: Rotation });
    const schedule = await lockSchedule(tx, what.scheduleId);
    const others = await tx.find(Rotation, { scheduleId: schedule.id }, { orderBy: { position: "asc" } });
    requireFewRotations("scheduleId", others.length + 1);
    const position = (others.at(-1)?.position ?? -1) + 1;
    const participantIds = [...rotation.participantIds];
    const place = { scheduleId: schedule.id, position, effectiveFrom: await tx.now() };
    return tx.insert(Rotation, { ...rotation, participantIds, ...place });
  });
}
