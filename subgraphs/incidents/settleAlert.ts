import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { currentState } from "#shared/machine/machine.ts";
import type { Incident } from "./entities/Incident.ts";
import { IncidentAlert } from "./entities/IncidentAlert.ts";
import { incidentMachine } from "./machines/incidentMachine.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";
import { lockIncident } from "./lockIncident.ts";
import { resolveIncident } from "./resolveIncident.ts";

/** An alert fires no longer. The incident is resolved when it was its last one and its route said so. */
export async function settleAlert(
  db: TenantDatabase,
  by: Actor,
  what: { alertId: string; resolvedAt: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await lockIncidentOf(tx, what.alertId);
    if (!found) return;
    const { link, incident } = found;
    await tx.update(IncidentAlert, { id: link.id }, { settledAt: Temporal.Instant.from(what.resolvedAt) });
    await addTimelineEntry(tx, by, {
      incidentId: incident.id,
      kind: "ALERT_RESOLVED",
      message: `Alert resolved: ${link.title}`,
      data: { alertId: what.alertId },
    });
    if (await isOver(tx, incident))
      await resolveIncident(tx, by, { id: incident.id, reason: "all alerts are resolved" });
  });
}

// Locked before counting: of the last two alerts that settle at once, the second sees the first. A merge may have moved
// the alert while we waited for the lock, so we look again.
async function lockIncidentOf(
  tx: TenantTransaction,
  alertId: string,
): Promise<{ link: IncidentAlert; incident: Incident } | null> {
  const before = await tx.findOne(IncidentAlert, { alertId, settledAt: null });
  if (!before) return null;
  const incident = await lockIncident(tx, before.incidentId);
  const link = await tx.findOne(IncidentAlert, { alertId, settledAt: null });
  return link && link.incidentId !== incident.id ? lockIncidentOf(tx, alertId) : link && { link, incident };
}

async function isOver(tx: TenantTransaction, incident: Incident): Promise<boolean> {
  if (!incident.resolveWithAlerts) return false;
  const firing = await tx.count(IncidentAlert, { incidentId: incident.id, settledAt: null });
  const state = await currentState(tx, incidentMachine, incident.id);
  return firing === 0 && (state === "triage" || state === "active");
}
