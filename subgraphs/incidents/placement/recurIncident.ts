import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { wake } from "#shared/process/process.ts";
import { Incident } from "../entities/Incident.ts";
import type { IncidentAlert } from "../entities/IncidentAlert.ts";
import { attachAlert } from "./attachAlert.ts";
import { changeIncidentState } from "../changes/changeIncidentState.ts";
import { endOfDamping, type FiringAlert } from "./decidePlacement.ts";
import { followSeverity } from "../severity/followSeverity.ts";
import { pagePeople } from "../paging/pagePeople.ts";
import { dampingTimer } from "../damping/dampingTimer.ts";
import { severityRank } from "../severity/severityRank.ts";

/** How long an alert has to fire without a break to page although it is within its damping time. */
const STEADY = { minutes: 5 };

/**
 * An alert fires again that was resolved, and its incident with it, within its damping time: the incident is open again. Nobody is
 * paged yet, unless it is worse than what people were paged for: they are once it has been firing for five minutes, or the
 * damping time is over, whichever is first, if it fires still and nobody took it on.
 */
export async function recurIncident(
  tx: TenantTransaction,
  by: Actor,
  alert: FiringAlert,
  { incident, own }: { incident: Incident; own: IncidentAlert | null },
): Promise<void> {
  const escalationPathId = alert.escalationPathId ?? incident.escalationPathId;
  const rank = severityRank(alert.severity);
  const pagesNow = incident.pagedSeverityRank === null || rank < incident.pagedSeverityRank;
  const ends = [endOfDamping(incident, alert.dampingSeconds), (await tx.now()).add(STEADY)];
  const dampedUntil = pagesNow || !escalationPathId ? null : earliest(ends);
  const why = dampedUntil
    ? `${alert.title} fires again; people are paged if it still fires at ${dampedUntil.toString({ smallestUnit: "second" })}`
    : `${alert.title} fires again`;
  await changeIncidentState(tx, by, incident, "recur", why);
  const change = {
    escalationPathId,
    dampedUntil,
    flapCount: incident.flapCount + 1,
    resolvedByAlerts: false,
  };
  await tx.update(Incident, { id: incident.id }, change);
  await attachAlert(tx, by, alert, { incidentId: incident.id, state: "triage", own });
  const now = await followSeverity(tx, by, { ...incident, ...change });
  if (dampedUntil) await wake(tx, dampingTimer, incident.id, dampedUntil);
  else if (escalationPathId)
    await pagePeople(tx, by, now, { escalationPathId, restarts: true, severityRank: rank });
}

function earliest(instants: readonly Temporal.Instant[]): Temporal.Instant {
  return [...instants].sort(Temporal.Instant.compare)[0]!;
}
