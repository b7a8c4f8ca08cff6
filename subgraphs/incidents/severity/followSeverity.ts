import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Incident } from "../entities/Incident.ts";
import { changeIncident } from "../changes/changeIncident.ts";
import { severityOf } from "./severityRank.ts";
import { worstFiring } from "./worstFiring.ts";

/**
 * Has an incident, which is locked, be as bad as the worst of its alerts that fires: unless a person said how bad it is, and as it
 * was once none fires any more. The answer is the incident as it is now.
 */
export async function followSeverity(
  tx: TenantTransaction,
  by: Actor,
  incident: Incident,
): Promise<Incident> {
  if (incident.severitySetByPerson) return incident;
  const worst = await worstFiring(tx, incident.id);
  if (worst === null || worst === incident.severityRank) return incident;
  return changeIncident(tx, by, incident, { severity: severityOf(worst) }, "its alerts");
}
