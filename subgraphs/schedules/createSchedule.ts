import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireRoom } from "#shared/limits/limits.ts";
import { invalidArgument, requireText, requireTimeZone } from "#supergraph/domainErrors.ts";
import { Schedule } from "./entities/Schedule.ts";
import { Rotation } from "./entities/Rotation.ts";
import { limits } from "./limits.ts";
import { requireFreeName } from "./rules/requireFreeName.ts";
import { requirePeople } from "./rules/requirePeople.ts";
import type { People } from "./services.ts";
import { requireFewRotations, validRotation, type RotationInput } from "./rules/rotationInput.ts";

/** A schedule as somebody says it. */
export interface NewSchedule {
  name: string;
  timeZone: string;
  teamId?: string | null | undefined;
  rotations: readonly RotationInput[];
}

/**
 * Creates a schedule with its rotations. Throws INVALID_ARGUMENT without a rotation, with over 50, or for one that means nothing,
 * NOT_FOUND for a participant or team that is not of this tenant, ALREADY_EXISTS for a name that is taken,
 * LIMIT_REACHED.
 */
export async function createSchedule(
  db: TenantDatabase,
  by: Actor,
  what: NewSchedule,
  people: People,
): Promise<Schedule> {
  const { name, timeZone } = what;
  requireText("name", name);
  if (what.rotations.length === 0) throw invalidArgument("rotations", "needs at least one rotation");
  requireFewRotations("rotations", what.rotations.length);
  requireTimeZone("timeZone", timeZone);
  const rotations = what.rotations.map((rotation, index) => validRotation(rotation, `rotations[${index}]`));
  const userIds = rotations.flatMap((rotation) => rotation.participantIds);
  await requirePeople(people, { tenantId: db.tenantId }, { userIds, teamId: what.teamId });
  return db.transaction(async (tx) => {
    await requireRoom(tx, limits.schedules, { entity: Schedule });
    await requireRoom(tx, limits.rotations, { entity: Rotation, adding: rotations.length });
    await requireFreeName(tx, name);
    const schedule = await tx.insert(Schedule, { name, timeZone, teamId: what.teamId ?? null });
    await tx.insertMany(
      Rotation,
      rotations.map((rotation, position) => ({
        ...rotation,
        participantIds: [...rotation.participantIds],
        scheduleId: schedule.id,
        position,
      })),
    );
    return schedule;
  });
}
