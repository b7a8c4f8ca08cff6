import type { Asker } from "#shared/subgraph/defineSubgraph.ts";
import { notFound } from "#supergraph/refusals.ts";
import type { People } from "./services.ts";

/** Throws NOT_FOUND for the first user, or the team, that is not of the asking tenant. */
export async function requirePeople(
  people: People,
  asker: Asker,
  { userIds, teamId }: { userIds: readonly string[]; teamId?: string | null | undefined },
): Promise<void> {
  const ids = [...new Set(userIds)];
  const { users } = await people.findUsers({ ids }, asker);
  const known = new Set(users.map((user) => user.id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw notFound("user", unknown);
  if (teamId == null) return;
  const { teams } = await people.findTeams({ ids: [teamId] }, asker);
  if (teams.length === 0) throw notFound("team", teamId);
}
