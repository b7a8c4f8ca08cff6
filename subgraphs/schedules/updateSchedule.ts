import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireText, requireTimeZone, requireVersion } from "#supergraph/domainErrors.ts";
import { Schedule } from "./entities/Schedule.ts";
import { lockSchedule } from "./rules/lockSchedule.ts";
import { requireFreeName } from "./rules/requireFreeName.ts";
import { requirePeople } from "./rules/requirePeople.ts";
import type { People } from "./services.ts";

/**
 * Changes a schedule's name, time zone or team; what is left out stays, and a team of null is taken away. Throws
 * NOT_FOUND, INVALID_ARGUMENT, ALREADY_EXISTS, VERSION_STALE when somebody changed it since the expected version.
 */
export async function updateSchedule(
  db: TenantDatabase,
  by: Actor,
  what: {
    id: string;
    expectedVersion?: number | null | undefined;
    changes: {
      name?: string | null | undefined;
      timeZone?: string | null | undefined;
      teamId?: string | null | undefined;
    };
  },
  people: People,
): Promise<Schedule> {
  const { changes } = what;
  if (changes.timeZone != null) requireTimeZone("timeZone", changes.timeZone);
  if (changes.name != null) requireText("name", changes.name);
  await requirePeople(people, { tenantId: db.tenantId }, { userIds: [], teamId: changes.teamId });
  return db.transaction(async (tx) => {
    const schedule = await lockSchedule(tx, what.id);
    requireVersion("schedule", what.expectedVersion, schedule, {
      by,
      needs: ["ScheduleRead"],
      shown: { name: schedule.name, timeZone: schedule.timeZone },
    });
    if (changes.name != null) await requireFreeName(tx, changes.name, schedule.id);
    const change = {
      name: changes.name ?? schedule.name,
      timeZone: changes.timeZone ?? schedule.timeZone,
      teamId: changes.teamId === undefined ? schedule.teamId : changes.teamId,
      version: schedule.version + 1,
    };
    await tx.update(Schedule, { id: schedule.id }, change);
    return { ...schedule, ...change };
  });
}
