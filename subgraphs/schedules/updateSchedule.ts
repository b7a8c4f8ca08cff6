import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireText, requireTimeZone } from "#supergraph/domainErrors.ts";
import { Schedule } from "./entities/Schedule.ts";
import { lockSchedule } from "./rules/lockSchedule.ts";
import { requireFreeName } from "./rules/requireFreeName.ts";
import { requirePeople } from "./rules/requirePeople.ts";
import type { People } from "./services.ts";

/**
 * Changes a schedule's name, time zone or team; what is left out stays, and a team of null is taken away. Throws
 * NOT_FOUND, INVALID_ARGUMENT, ALREADY_EXISTS.
 */
export async function updateSchedule(
  db: TenantDatabase,
  by: Actor,
  what: {
    id: string;
    name?: string | null | undefined;
    timeZone?: string | null | undefined;
    teamId?: string | null | undefined;
  },
  people: People,
): Promise<Schedule> {
  if (what.timeZone != null) requireTimeZone("timeZone", what.timeZone);
  if (what.name != null) requireText("name", what.name);
  await requirePeople(people, { tenantId: db.tenantId }, { userIds: [], teamId: what.teamId });
  return db.transaction(async (tx) => {
    const schedule = await lockSchedule(tx, what.id);
    if (what.name != null) await requireFreeName(tx, what.name, schedule.id);
    const change = {
      name: what.name ?? schedule.name,
      timeZone: what.timeZone ?? schedule.timeZone,
      teamId: what.teamId === undefined ? schedule.teamId : what.teamId,
    };
    await tx.update(Schedule, { id: schedule.id }, change);
    return { ...schedule, ...change };
  });
}
