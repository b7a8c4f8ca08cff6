import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { exposed } from "#supergraph/errors.ts";
import { Incident } from "./entities/Incident.ts";
import { changeIncidentState } from "./changes/changeIncidentState.ts";
import { lockIncident } from "./rules/lockIncident.ts";

/**
 * Makes a resolved or closed incident active again, and pages nobody: whoever reopens it is there. It takes its group's alerts
 * again unless those led to another incident meanwhile, and an alert that it let go at that alert's next firing. Throws NOT_FOUND,
 * MOVE_NOT_ALLOWED, also for an incident that was merged: its alerts live on in the other.
 */
export async function reopenIncident(db: TenantDatabase, by: Actor, what: { id: string }): Promise<Incident> {
  return retryConflicts(db, async (tx) => {
    const incident = await lockIncident(tx, what.id);
    if (incident.mergedIntoId) {
      throw exposed("MOVE_NOT_ALLOWED", `incident ${incident.id} was merged into ${incident.mergedIntoId}`, {
        thing: "incident",
        move: "reopen",
        state: "merged",
      });
    }
    await changeIncidentState(tx, by, incident, "reopen");
    await tx.update(Incident, { id: incident.id }, { resolvedByAlerts: false });
    return incident;
  });
}
