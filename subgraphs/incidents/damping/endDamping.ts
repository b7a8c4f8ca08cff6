import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { Incident } from "../entities/Incident.ts";
import { pagePeople } from "../paging/pagePeople.ts";
import type { DampedIncident, DampingDecision } from "./decideDamped.ts";

/** Pages about what was damped and fires still; or forgets that it was, when nobody need be paged any more. */
export async function endDamping(
  tx: TenantTransaction,
  by: Actor,
  { incident }: DampedIncident,
  { pages, nextWakeAt }: DampingDecision,
): Promise<void> {
  const { escalationPathId } = incident;
  if (pages && escalationPathId) await pagePeople(tx, by, incident, { escalationPathId, restarts: true });
  else if (nextWakeAt === null) await tx.update(Incident, { id: incident.id }, { dampedUntil: null });
}
