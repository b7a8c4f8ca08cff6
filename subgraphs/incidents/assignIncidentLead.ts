import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireVersion } from "#supergraph/domainErrors.ts";
import type { Incident } from "./entities/Incident.ts";
import { lockIncident } from "./rules/lockIncident.ts";
import { requirePerson } from "./rules/requirePerson.ts";
import type { People } from "./services.ts";
import { setLead } from "./changes/setLead.ts";

/** Says who leads the response; null takes the lead away. Throws NOT_FOUND for an incident or person of another tenant, VERSION_STALE. */
export async function assignIncidentLead(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; expectedVersion?: number | null | undefined; userId?: string | null | undefined },
  people: People,
): Promise<Incident> {
  const leadId = what.userId ?? null;
  if (leadId !== null) await requirePerson(people, { tenantId: db.tenantId }, leadId);
  return db.transaction(async (tx) => {
    const incident = await lockIncident(tx, what.id);
    requireVersion("incident", what.expectedVersion, incident, {
      by,
      needs: ["IncidentRead"],
      shown: { title: incident.title, summary: incident.summary, severity: incident.severity },
    });
    return setLead(tx, by, incident, leadId);
  });
}
