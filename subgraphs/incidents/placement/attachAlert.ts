import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { IncidentAlert } from "../entities/IncidentAlert.ts";
import { addTimelineEntry } from "../changes/addTimelineEntry.ts";
import type { FiringAlert } from "./decidePlacement.ts";
import { severityRank } from "../severity/severityRank.ts";

/** Which incident an alert belongs to from now on, and where it belonged last; null when nowhere. */
export interface Attachment {
  incidentId: string;
  own: IncidentAlert | null;
}

/**
 * A firing alert belongs to an incident, which is locked, and to no other any more. The timeline is told unless it fired there
 * already. The answer is whether it did not.
 */
export async function attachAlert(
  tx: TenantTransaction,
  by: Actor,
  alert: FiringAlert,
  { incidentId, own }: Attachment,
): Promise<boolean> {
  const { alertId, alertKey, title } = alert;
  const rank = severityRank(alert.severity);
  const worstBefore = own?.incidentId === incidentId ? own.worstSeverityRank : null;
  const worstSeverityRank = Math.min(rank, worstBefore ?? rank);
  const present = { alertKey, title, severityRank: rank, worstSeverityRank };
  const isHere = own?.incidentId === incidentId && own.leftAt === null;
  if (isHere && own.settledAt === null) {
    await tx.update(IncidentAlert, { id: own.id }, present);
    return false;
  }
  const addedAt = await tx.now();
  const fires = { ...present, addedAt, settledAt: null, settledById: null, leftAt: null };
  if (own && !isHere) await tx.update(IncidentAlert, { alertId, leftAt: null }, { leftAt: addedAt });
  const again = own ? await tx.update(IncidentAlert, { incidentId, alertId }, fires) : 0;
  if (again === 0) await tx.insert(IncidentAlert, { incidentId, alertId, ...fires });
  const message = again ? `Alert fires again: ${title}` : `Alert: ${title}`;
  await addTimelineEntry(tx, by, { incidentId, kind: "ALERT_ADDED", message, data: { alertId } });
  await publish(tx, incidentUpdated, { incidentId });
  return true;
}
