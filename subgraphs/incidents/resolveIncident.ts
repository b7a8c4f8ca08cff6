import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import type { Incident } from "./entities/Incident.ts";
import { changeIncidentState } from "./changes/changeIncidentState.ts";
import { endResponse } from "./paging/endResponse.ts";
import { lockIncident } from "./rules/lockIncident.ts";
import { releaseAlertsOf } from "./placement/releaseAlertsOf.ts";

/**
 * Somebody says that an incident is over: its escalations end. Its alerts that fire are resolved with it; where they are to go
 * on, they lead to no incident any more, and their next firing does to a new one. Does nothing when it is resolved already.
 * Throws NOT_FOUND, MOVE_NOT_ALLOWED.
 */
export async function resolveIncident(
  db: TenantDatabase,
  by: Actor,
  { id, alerts: resolves = true }: { id: string; alerts?: boolean },
): Promise<Incident> {
  return retryConflicts(db, async (tx) => {
    const incident = await lockIncident(tx, id);
    const why = resolves ? "with its alerts" : "its alerts that fire belong to it no longer";
    if (!(await changeIncidentState(tx, by, incident, "resolve", why))) return incident;
    await releaseAlertsOf(tx, by, incident, { resolves });
    await endResponse(tx, by, incident);
    return incident;
  });
}
