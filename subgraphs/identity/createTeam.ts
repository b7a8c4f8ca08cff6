import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireAtMost, requireRoom } from "#shared/limits/limits.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { Team } from "./entities/Team.ts";
import { TeamMember } from "./entities/TeamMember.ts";
import { User } from "./entities/User.ts";
import { limits } from "./limits.ts";
import { requireFreeTeamName } from "./rules/lockTeam.ts";
import { requireName } from "./rules/requirePersonalData.ts";

/**
 * Creates a team. Throws ALREADY_EXISTS for a name that is taken, NOT_FOUND for a member of another tenant,
 * INVALID_ARGUMENT for an empty name, LIMIT_REACHED for too many teams or members.
 */
export async function createTeam(
  db: TenantDatabase,
  _by: Actor,
  what: { name: string; memberIds: readonly string[] },
): Promise<Team> {
  requireName(what.name);
  const memberIds = [...new Set(what.memberIds)];
  return db.transaction(async (tx) => {
    await requireRoom(tx, limits.teams, { entity: Team });
    requireAtMost(limits.members, memberIds.length);
    await requireFreeTeamName(tx, what.name);
    const members = await tx.find(User, { id: { $in: memberIds } });
    const unknown = memberIds.find((id) => !members.some((member) => member.id === id));
    if (unknown !== undefined) throw notFound("user", unknown);
    const team = await tx.insert(Team, { name: what.name, createdAt: await tx.now() });
    await tx.insertMany(
      TeamMember,
      memberIds.map((userId) => ({ teamId: team.id, userId })),
    );
    return team;
  });
}
