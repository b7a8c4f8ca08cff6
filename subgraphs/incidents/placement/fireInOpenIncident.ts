import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { Incident } from "../entities/Incident.ts";
import type { IncidentAlert } from "../entities/IncidentAlert.ts";
import { attachAlert } from "./attachAlert.ts";
import { changeIncident } from "../changes/changeIncident.ts";
import { decidePaging } from "../paging/decidePaging.ts";
import { endOfDamping, type FiringAlert, type PresentIncident } from "./decidePlacement.ts";
import { followSeverity } from "../severity/followSeverity.ts";
import { askForPages, pagePeople } from "../paging/pagePeople.ts";
import { severityRank } from "../severity/severityRank.ts";
import { worstFiring } from "../severity/worstFiring.ts";

/** Where an alert fires, and how it came there. */
export type OpenPlacement = { to: PresentIncident; own: IncidentAlert | null } & (
  { move: "stay" } | { move: "join"; isDamped: boolean }
);

/**
 * An alert fires in an incident that is open, and locked: the incident is as bad as the worst of its alerts, and people are paged
 * as the alert's route says.
 */
export async function fireInOpenIncident(
  tx: TenantTransaction,
  by: Actor,
  alert: FiringAlert,
  place: OpenPlacement,
): Promise<void> {
  const { incident, state } = place.to;
  const worstBefore = incident.severitySetByPerson ? await worstFiring(tx, incident.id) : null;
  // An incident that is called as its alert was called is called as that is now; one that a person renamed stays so.
  const isNamedAfterIt = place.move === "stay" && place.own?.title === incident.title;
  const title = isNamedAfterIt ? alert.title : incident.title;
  const named = await changeIncident(tx, by, incident, { title }, "its alerts");
  const isNew = await attachAlert(tx, by, alert, { incidentId: incident.id, state, own: place.own });
  const now = await followSeverity(tx, by, named);
  const isDamped =
    place.move === "join"
      ? place.isDamped
      : incident.dampedUntil !== null || wasAsBad(alert, place.own, incident);
  if (isDamped && isNew) await tx.update(Incident, { id: now.id }, { flapCount: now.flapCount + 1 });
  const rank = severityRank(alert.severity);
  const fires = { incident, state, worstBefore, severityRank: rank, repage: alert.repage, isNew, isDamped };
  const paging = decidePaging(fires);
  const escalationPathId = alert.escalationPathId ?? incident.escalationPathId;
  if (paging === "nothing" || !escalationPathId) return;
  if (paging === "goOn") {
    const pagedAlong = incident.escalationPathId ?? escalationPathId;
    return askForPages(tx, now, { escalationPathId: pagedAlong, restarts: false });
  }
  const why = `${alert.title} is ${alert.severity}`;
  await pagePeople(tx, by, now, {
    escalationPathId,
    restarts: paging === "pageAnew",
    severityRank: rank,
    why,
  });
}

// An alert that falls and rises again is no news to whoever was paged a moment ago.
function wasAsBad(alert: FiringAlert, own: IncidentAlert | null, incident: Incident): boolean {
  if (!own || own.worstSeverityRank === null || alert.dampingSeconds <= 0) return false;
  const isWithin = Temporal.Instant.compare(alert.at, endOfDamping(incident, alert.dampingSeconds)) <= 0;
  return isWithin && own.worstSeverityRank <= severityRank(alert.severity);
}
