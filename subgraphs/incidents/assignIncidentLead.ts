import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { Incident } from "./entities/Incident.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";
import { lockIncident } from "./lockIncident.ts";
import { requirePerson } from "./requirePerson.ts";
import type { People } from "./services.ts";

/** Says who leads the response; null takes the lead away. Throws NOT_FOUND for an incident or person of another tenant. */
export async function assignIncidentLead(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; userId?: string | null | undefined },
  people: People,
): Promise<Incident> {
  const leadId = what.userId ?? null;
  if (leadId) await requirePerson(people, { tenantId: db.tenantId, actor: by }, leadId);
  return db.transaction(async (tx) => {
    const incident = await lockIncident(tx, what.id);
    if (incident.leadId === leadId) return incident;
    await tx.update(Incident, { id: incident.id }, { leadId });
    await addTimelineEntry(tx, by, {
      incidentId: incident.id,
      kind: "LEAD_ASSIGNED",
      message: leadId ? "The incident has a new lead" : "The incident has no lead any more",
      data: { from: incident.leadId, to: leadId },
    });
    await publish(tx, incidentUpdated, { incidentId: incident.id });
    return { ...incident, leadId };
  });
}
