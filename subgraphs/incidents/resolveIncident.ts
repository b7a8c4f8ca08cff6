import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import type { Incident } from "./entities/Incident.ts";
import { changeIncidentState } from "./changeIncidentState.ts";
import { endResponse } from "./endResponse.ts";
import { lockIncident } from "./lockIncident.ts";

/**
 * Says that an incident is over: its escalations end, and a further alert of its group opens another. Does nothing
 * when it is resolved already. Throws NOT_FOUND, MOVE_NOT_ALLOWED.
 */
export async function resolveIncident(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; reason?: string },
): Promise<Incident> {
  return retryConflicts(db, async (tx) => {
    const incident = await lockIncident(tx, what.id);
    if (await changeIncidentState(tx, by, incident, "resolve", what.reason))
      await endResponse(tx, by, incident.id);
    return incident;
  });
}
