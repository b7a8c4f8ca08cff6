import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { currentState } from "#shared/machine/machine.ts";
import { send } from "#shared/process/commands.ts";
import { cancelWake } from "#shared/process/process.ts";
import { startEscalation } from "#supergraph/commands.ts";
import { Incident } from "../entities/Incident.ts";
import { incidentMachine } from "../machines/incidentMachine.ts";
import { dampingTimer } from "../damping/dampingTimer.ts";
import { changeIncidentState } from "../changes/changeIncidentState.ts";
import { escalationKey } from "./escalationKey.ts";

/** How people are paged about an incident. */
export interface Paging {
  escalationPathId: string;
  /** Whether people who are being paged along the path already are paged from the first level again. */
  restarts: boolean;
  /** How bad it is about which they are paged, where that is worse than what the incident is called. */
  severityRank?: number;
  /** Why, for the timeline, should the incident have been taken on already. */
  why?: string;
}

/**
 * The only way people are paged about an incident, which is locked: somebody has to take it on, so an active one goes back to
 * triage, and nothing that was damped is waited for any more. The answer is the incident as it is now.
 */
export async function pagePeople(
  tx: TenantTransaction,
  by: Actor,
  incident: Incident,
  { escalationPathId, restarts, severityRank = incident.severityRank, why }: Paging,
): Promise<Incident> {
  const { id: incidentId } = incident;
  if ((await currentState(tx, incidentMachine, incidentId)) === "active")
    await changeIncidentState(tx, by, incident, "raise", why);
  const change = {
    escalationPathId: incident.escalationPathId ?? escalationPathId,
    pagedAt: await tx.now(),
    pagedSeverityRank: Math.min(severityRank, incident.severityRank),
    dampedUntil: null,
  };
  await tx.update(Incident, { id: incidentId }, change);
  if (incident.dampedUntil) await cancelWake(tx, dampingTimer, incidentId);
  await askForPages(tx, incident, { escalationPathId, restarts });
  return { ...incident, ...change };
}

/** Has escalations page people, or tell administrators that there is no path, after whatever they were told before. */
export async function askForPages(
  tx: TenantTransaction,
  { id: incidentId, number: incidentNumber, title, severity }: Incident,
  { escalationPathId, restarts }: Pick<Paging, "restarts"> & { escalationPathId: string | null },
): Promise<void> {
  const paging = { incidentId, incidentNumber, title, severity, escalationPathId, restarts };
  await send(tx, startEscalation, paging, { key: escalationKey(incidentId) });
}
