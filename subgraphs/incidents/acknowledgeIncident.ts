import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { send } from "#shared/process/commands.ts";
import { acknowledgeEscalations } from "#supergraph/commands.ts";
import type { Incident } from "./entities/Incident.ts";
import { changeIncidentState } from "./changes/changeIncidentState.ts";
import { escalationKey } from "./paging/escalationKey.ts";
import { noteResponder } from "./changes/notePaging.ts";
import { lockIncident } from "./rules/lockIncident.ts";
import { setLead } from "./changes/setLead.ts";
import { waitNoLonger } from "./damping/waitNoLonger.ts";

/**
 * Somebody takes the incident on: from triage to active, and every later page stops. An incident that is active
 * already stays so, and whoever is still being paged about it is left alone too. A person who does it leads when nobody
 * leads yet. Throws NOT_FOUND, MOVE_NOT_ALLOWED.
 */
export async function acknowledgeIncident(
  db: TenantDatabase,
  by: Actor,
  what: { id: string },
): Promise<Incident> {
  return retryConflicts(db, async (tx) => {
    const incident = await lockIncident(tx, what.id);
    await changeIncidentState(tx, by, incident, "acknowledge");
    await waitNoLonger(tx, incident);
    const userId = by.kind === "user" ? by.id : null;
    const taken = { incidentId: incident.id, userId };
    await send(tx, acknowledgeEscalations, taken, { key: escalationKey(incident.id) });
    if (userId) await noteResponder(tx, { incidentId: incident.id, userId });
    return userId && !incident.leadId ? setLead(tx, by, incident, userId) : incident;
  });
}
