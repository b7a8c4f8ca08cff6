import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireAtMost } from "#shared/limits/limits.ts";
import type { Team } from "./entities/Team.ts";
import type { User } from "./entities/User.ts";
import { TeamMember } from "./entities/TeamMember.ts";
import { limits } from "./limits.ts";
import { lockTeam } from "./rules/lockTeam.ts";
import { lockUser } from "./rules/lockUser.ts";

/** Puts a user into a team; does nothing when they are in it already. Throws NOT_FOUND, LIMIT_REACHED. */
export async function addTeamMember(
  db: TenantDatabase,
  _by: Actor,
  what: { teamId: string; userId: string },
): Promise<{ team: Team; user: User }> {
  return db.transaction(async (tx) => {
    const team = await lockTeam(tx, what.teamId);
    const user = await lockUser(tx, what.userId);
    const membership = { teamId: team.id, userId: user.id };
    if (await tx.findOne(TeamMember, membership)) return { team, user };
    requireAtMost(limits.members, (await tx.count(TeamMember, { teamId: team.id })) + 1);
    await tx.insert(TeamMember, membership);
    return { team, user };
  });
}
