import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { notFound, requireLength } from "#supergraph/domainErrors.ts";
import type { Incident } from "./entities/Incident.ts";
import { createIncident, type NewIncident } from "./createIncident.ts";
import { requirePerson } from "./rules/requirePerson.ts";
import type { Services } from "./services.ts";

/**
 * Somebody opens an incident by hand. Throws NOT_FOUND for a lead or an escalation path that is not of this tenant,
 * INVALID_ARGUMENT for an empty title or a summary that is too long. How bad it is said to be stays so, whatever alerts
 * are merged into it.
 */
export async function declareIncident(
  db: TenantDatabase,
  by: Actor,
  what: NewIncident,
  { people, paths }: Services,
): Promise<Incident> {
  requireLength("summary", what.summary);
  const caller = { tenantId: db.tenantId };
  if (what.leadId != null) await requirePerson(people, caller, what.leadId);
  if (what.escalationPathId != null) {
    const id = what.escalationPathId;
    const found = await paths.findPaths({ ids: [id] }, caller);
    if (found.paths.length === 0) throw notFound("escalation path", id);
  }
  return createIncident(db, by, { ...what, severitySetByPerson: true });
}
