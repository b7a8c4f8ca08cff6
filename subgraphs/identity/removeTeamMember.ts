import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Team } from "./entities/Team.ts";
import { User } from "./entities/User.ts";
import { TeamMember } from "./entities/TeamMember.ts";
import { lockTeam } from "./rules/lockTeam.ts";

/** Takes a user out of a team; does nothing when they are not in it. Throws NOT_FOUND. */
export async function removeTeamMember(
  db: TenantDatabase,
  _by: Actor,
  what: { teamId: string; userId: string },
): Promise<{ team: Team; user: User | null }> {
  return db.transaction(async (tx) => {
    const team = await lockTeam(tx, what.teamId);
    const user = await tx.findOne(User, { id: what.userId });
    await tx.delete(TeamMember, { teamId: team.id, userId: what.userId });
    return { team, user };
  });
}
