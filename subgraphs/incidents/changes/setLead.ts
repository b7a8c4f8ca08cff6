import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { Incident } from "../entities/Incident.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";

/** Somebody leads the response to an incident, which is locked, from now on; nobody when it is null. */
export async function setLead(
  tx: TenantTransaction,
  by: Actor,
  incident: Incident,
  leadId: string | null,
): Promise<Incident> {
  if (incident.leadId === leadId) return incident;
  const version = incident.version + 1;
  await tx.update(Incident, { id: incident.id }, { leadId, version });
  await addTimelineEntry(tx, by, {
    incidentId: incident.id,
    kind: "LEAD_ASSIGNED",
    message: leadId ? "The incident has a new lead" : "The incident has no lead any more",
    data: { from: incident.leadId, to: leadId },
  });
  await publish(tx, incidentUpdated, { incidentId: incident.id });
  return { ...incident, leadId, version };
}
