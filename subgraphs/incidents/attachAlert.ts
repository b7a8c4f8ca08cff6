import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { IncidentAlert } from "./entities/IncidentAlert.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";
import type { FiringAlert } from "./decidePlace.ts";
import { severityRank } from "./severityRank.ts";

/**
 * A firing alert belongs to an incident, which is locked, and to no other any more. The timeline is told unless it fired there
 * already. The answer is whether it did not.
 */
export async function attachAlert(
  tx: TenantTransaction,
  by: Actor,
  incidentId: string,
  { alertId, alertKey, title, severity }: FiringAlert,
): Promise<boolean> {
  const now = await tx.now();
  const rank = severityRank(severity);
  const [known] = await tx.find(IncidentAlert, { incidentId, alertId });
  const fires = known?.leftAt === null && known.settledAt === null;
  const present = { alertKey, title, severityRank: rank, settledAt: null, settledById: null, leftAt: null };
  if (fires) {
    await tx.update(IncidentAlert, { id: known.id }, { alertKey, title, severityRank: rank });
    return false;
  }
  await tx.update(IncidentAlert, { alertId, leftAt: null, incidentId: { $ne: incidentId } }, { leftAt: now });
  if (known) await tx.update(IncidentAlert, { id: known.id }, { ...present, addedAt: now });
  else await tx.insert(IncidentAlert, { incidentId, alertId, ...present, addedAt: now });
  const message = known ? `Alert fires again: ${title}` : `Alert: ${title}`;
  await addTimelineEntry(tx, by, { incidentId, kind: "ALERT_ADDED", message, data: { alertId } });
  await publish(tx, incidentUpdated, { incidentId });
  return true;
}
