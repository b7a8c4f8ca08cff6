import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireVersion } from "#supergraph/domainErrors.ts";
import { Team } from "./entities/Team.ts";
import { lockTeam, requireFreeTeamName } from "./rules/lockTeam.ts";
import { requireName } from "./rules/requirePersonalData.ts";

/**
 * Changes what a team is called; what is left out stays. Throws NOT_FOUND, ALREADY_EXISTS for a name that is taken,
 * INVALID_ARGUMENT for an empty one, VERSION_STALE when somebody changed it since the expected version.
 */
export async function updateTeam(
  db: TenantDatabase,
  by: Actor,
  what: {
    id: string;
    expectedVersion?: number | null | undefined;
    changes: { name?: string | null | undefined };
  },
): Promise<Team> {
  const { name } = what.changes;
  if (name != null) requireName(name);
  return db.transaction(async (tx) => {
    const team = await lockTeam(tx, what.id);
    requireVersion("team", what.expectedVersion, team, {
      by,
      needs: ["TeamRead"],
      shown: { name: team.name },
    });
    if (name != null) await requireFreeTeamName(tx, name, team.id);
    const change = { name: name ?? team.name, version: team.version + 1 };
    await tx.update(Team, { id: team.id }, change);
    return { ...team, ...change };
  });
}
