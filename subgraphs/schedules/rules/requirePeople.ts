import type { Caller } from "#shared/subgraph/defineSubgraph.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import type { People } from "../services.ts";

/**
 * Throws NOT_FOUND for the first user, or the team, that is not of the asking tenant, and for a user who is disabled unless
 * they are among those who may be: who is on call already, and who is stood in for.
 */
export async function requirePeople(
  people: People,
  caller: Caller,
  what: {
    userIds: readonly string[];
    mayBeDisabled?: readonly string[];
    teamId?: string | null | undefined;
  },
): Promise<void> {
  const { userIds, mayBeDisabled = [], teamId } = what;
  const ids = [...new Set(userIds)];
  const { users } = ids.length
    ? await people.findUsers({ ids, includeDisabled: true }, caller)
    : { users: [] };
  const known = new Set(
    users.filter(({ id, disabled }) => !disabled || mayBeDisabled.includes(id)).map(({ id }) => id),
  );
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw notFound("user", unknown);
  if (teamId == null) return;
  const { teams } = await people.findTeams({ ids: [teamId] }, caller);
  if (teams.length === 0) throw notFound("team", teamId);
}
