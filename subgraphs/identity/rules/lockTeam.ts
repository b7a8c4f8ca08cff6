import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { alreadyExists, notFound } from "#supergraph/domainErrors.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { Team } from "../entities/Team.ts";

/** The team, locked until the transaction ends. Throws NOT_FOUND, for another tenant's team alike. */
export async function lockTeam(tx: TenantTransaction, id: string): Promise<Team> {
  const team = await tx.lock(Team, { id });
  if (!team) throw notFound("team", id);
  return team;
}

/** Throws ALREADY_EXISTS when another team of the tenant has this name. Two that ask at once take turns. */
export async function requireFreeTeamName(
  tx: TenantTransaction,
  name: string,
  except?: string,
): Promise<void> {
  lockByName(tx, `team ${name}`);
  const other = await tx.findOne(Team, { name });
  if (!other || other.id === except) return;
  throw alreadyExists("team", name);
}
