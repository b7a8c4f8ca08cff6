import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { inUse } from "#supergraph/domainErrors.ts";
import { Team } from "./entities/Team.ts";
import { TeamMember } from "./entities/TeamMember.ts";
import { lockTeam } from "./rules/lockTeam.ts";
import type { Schedules } from "./services.ts";

/**
 * Deletes a team; the people in it stay. Throws NOT_FOUND, IN_USE with the schedules that belong to it, SERVICE_UNAVAILABLE
 * when schedules cannot be asked.
 */
export async function deleteTeam(
  db: TenantDatabase,
  by: Actor,
  what: { id: string },
  schedules: Schedules,
): Promise<string> {
  const caller = { tenantId: db.tenantId };
  const owned = await schedules.findSchedulesOfTeams({ teamIds: [what.id], limit: 20 }, caller);
  return db.transaction(async (tx) => {
    const { id: teamId } = await lockTeam(tx, what.id);
    const usedBy = owned.schedules.map(({ id, name }) => ({ thing: "schedule", id, name }));
    if (usedBy.length) throw inUse("team", teamId, usedBy);
    await tx.delete(TeamMember, { teamId });
    await tx.delete(Team, { id: teamId });
    return teamId;
  });
}
