import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { currentState } from "#shared/machine/machine.ts";
import { Incident } from "./entities/Incident.ts";
import { incidentMachine } from "./machines/incidentMachine.ts";
import { acknowledgeIncident } from "./acknowledgeIncident.ts";

/**
 * Somebody answered a page about this incident, so they take it on. An incident that moved on in the meantime stays
 * where it is: the answer came late, which is no fault of theirs.
 */
export async function takeOnIncident(
  db: TenantDatabase,
  by: Actor,
  what: { incidentId: string },
): Promise<void> {
  await retryConflicts(db, async (tx) => {
    await tx.lock(Incident, { id: what.incidentId });
    const state = await currentState(tx, incidentMachine, what.incidentId);
    if (state === "triage" || state === "active") await acknowledgeIncident(tx, by, { id: what.incidentId });
  });
}
