import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { Team } from "../entities/Team.ts";

/** The team, locked until the transaction ends. Throws NOT_FOUND, for another tenant's team alike. */
export async function lockTeam(tx: TenantTransaction, id: string): Promise<Team> {
  const team = await tx.lock(Team, { id });
  if (!team) throw notFound("team", id);
  return team;
}
