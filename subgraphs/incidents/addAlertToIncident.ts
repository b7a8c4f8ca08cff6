import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { IncidentAlert } from "./entities/IncidentAlert.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";

/** An alert joins an incident and is told of in its timeline. */
export async function addAlertToIncident(
  tx: TenantTransaction,
  by: Actor,
  what: { incidentId: string; alertId: string; title: string },
): Promise<void> {
  const { incidentId, alertId, title } = what;
  await tx.insert(IncidentAlert, { incidentId, alertId, title, addedAt: await tx.now(), settledAt: null });
  const message = `Alert: ${title}`;
  await addTimelineEntry(tx, by, { incidentId, kind: "ALERT_ADDED", message, data: { alertId } });
  await publish(tx, incidentUpdated, { incidentId });
}
