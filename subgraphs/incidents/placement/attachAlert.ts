import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { IncidentAlert } from "../entities/IncidentAlert.ts";
import { addTimelineEntry } from "../changes/addTimelineEntry.ts";
import { tellAlerts } from "../changes/tellAlerts.ts";
import type { IncidentState } from "../machines/incidentMachine.ts";
import type { FiringAlert } from "./decidePlacement.ts";
import { severityRank } from "../severity/severityRank.ts";

/** Which incident an alert belongs to from now on, and where it belonged last; null when nowhere. */
export interface Attachment {
  incidentId: string;
  state: IncidentState;
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
  { incidentId, state, own }: Attachment,
): Promise<boolean> {
  const { alertId, alertKey, title, sourceId = null, labels = null } = alert;
  const rank = severityRank(alert.severity);
  const worstBefore = own?.incidentId === incidentId ? own.worstSeverityRank : null;
  const worstSeverityRank = Math.min(rank, worstBefore ?? rank);
  const present = { alertKey, sourceId, labels, title, severityRank: rank, worstSeverityRank };
  const isHere = own?.incidentId === incidentId && own.leftAt === null;
  if (isHere && own.settledAt === null) {
    await tx.update(IncidentAlert, { id: own.id }, present);
    return false;
  }
  const addedAt = await tx.now();
  const fires = { ...present, addedAt, settledAt: null, settledById: null, leftAt: null };
  if (own && !isHere) await tx.update(IncidentAlert, { alertId, leftAt: null }, { leftAt: addedAt });
  const again = own ? await tx.update(IncidentAlert, { incidentId, alertId }, fires) : 0;
  const message = again ? `Alert fires again: ${title}` : `Alert: ${title}`;
  const entry = { incidentId, kind: "ALERT_ADDED", message, data: { alertId } } as const;
  const [{ occurredAt: at }] = await Promise.all([
    addTimelineEntry(tx, by, entry),
    again || tx.insert(IncidentAlert, { incidentId, alertId, ...fires }),
  ]);
  if (!isHere) await tellAlerts(tx, { incidentId, state, alertIds: [alertId], at });
  await publish(tx, incidentUpdated, { incidentId });
  return true;
}
