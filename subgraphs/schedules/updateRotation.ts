import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { Rotation } from "./entities/Rotation.ts";
import type { Schedule } from "./entities/Schedule.ts";
import { findRotation } from "./findRotation.ts";
import { lockSchedule } from "./lockSchedule.ts";
import { requirePeople } from "./requirePeople.ts";
import type { People } from "./services.ts";
import { validRotation, type RotationInput } from "./rotationInput.ts";

/** Replaces everything a rotation says. Throws NOT_FOUND, INVALID_ARGUMENT. */
export async function updateRotation(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; rotation: RotationInput },
  people: People,
): Promise<Schedule> {
  const rotation = validRotation(what.rotation, "rotation");
  await requirePeople(people, { tenantId: db.tenantId, actor: by }, { userIds: rotation.participantIds });
  return db.transaction(async (tx) => {
    const { id, scheduleId } = await findRotation(tx, what.id);
    const schedule = await lockSchedule(tx, scheduleId);
    await tx.update(Rotation, { id }, { ...rotation, participantIds: [...rotation.participantIds] });
    return schedule;
  });
}
