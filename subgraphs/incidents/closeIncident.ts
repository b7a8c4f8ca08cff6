import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import type { Incident } from "./entities/Incident.ts";
import { changeIncidentState } from "./changes/changeIncidentState.ts";
import { lockIncident } from "./rules/lockIncident.ts";

/** Closes a resolved incident. Does nothing when it is closed already. Throws NOT_FOUND, MOVE_NOT_ALLOWED. */
export async function closeIncident(db: TenantDatabase, by: Actor, what: { id: string }): Promise<Incident> {
  return retryConflicts(db, async (tx) => {
    const incident = await lockIncident(tx, what.id);
    await changeIncidentState(tx, by, incident, "close");
    return incident;
  });
}
