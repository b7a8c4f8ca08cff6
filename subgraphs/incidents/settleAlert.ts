import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { currentState } from "#shared/machine/machine.ts";
import { Incident } from "./entities/Incident.ts";
import { IncidentAlert } from "./entities/IncidentAlert.ts";
import { incidentMachine } from "./machines/incidentMachine.ts";
import { addTimelineEntry } from "./changes/addTimelineEntry.ts";
import { changeIncidentState } from "./changes/changeIncidentState.ts";
import { endResponse } from "./paging/endResponse.ts";
import { followSeverity } from "./severity/followSeverity.ts";
import { lockIncident, lockIncidentsOf } from "./rules/lockIncident.ts";
import { worstFiring } from "./severity/worstFiring.ts";

/**
 * An alert fires no longer. Its incident is as bad as the worst that still fires; it is resolved when none does and the alert's
 * route said so. Of an alert that belongs to no incident any more nothing follows.
 */
export async function settleAlert(
  db: TenantDatabase,
  by: Actor,
  what: { alertId: string; resolvedAt: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockIncidentOf(tx, what.alertId);
    if (!found) return;
    const { link, incident } = found;
    const settledAt = Temporal.Instant.from(what.resolvedAt);
    const settledById = by.kind === "user" ? by.id : null;
    await tx.update(IncidentAlert, { id: link.id }, { settledAt, settledById });
    await addTimelineEntry(tx, by, {
      incidentId: incident.id,
      kind: "ALERT_RESOLVED",
      message: `Alert resolved: ${link.title}`,
      data: { alertId: what.alertId },
    });
    if (await isOver(tx, incident)) await resolveByAlerts(tx, by, incident);
    else await followSeverity(tx, by, incident);
  });
}

// Locked before counting: of the last two alerts that settle at once, the second sees the first.
async function lockIncidentOf(
  tx: TenantTransaction,
  alertId: string,
): Promise<{ link: IncidentAlert; incident: Incident } | null> {
  const find = () => tx.findOne(IncidentAlert, { alertId, settledAt: null, leftAt: null });
  const link = await lockIncidentsOf(tx, find, (found) => (found ? [found.incidentId] : []));
  return link && { link, incident: await lockIncident(tx, link.incidentId) };
}

async function isOver(tx: TenantTransaction, incident: Incident): Promise<boolean> {
  if (!incident.resolveWithAlerts || (await worstFiring(tx, incident.id)) !== null) return false;
  const state = await currentState(tx, incidentMachine, incident.id);
  return state === "triage" || state === "active";
}

async function resolveByAlerts(tx: TenantTransaction, by: Actor, incident: Incident): Promise<void> {
  await changeIncidentState(tx, by, incident, "resolve", "all alerts are resolved");
  await tx.update(Incident, { id: incident.id }, { resolvedByAlerts: by.kind !== "user" });
  await endResponse(tx, by, incident);
}
