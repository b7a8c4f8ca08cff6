import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryConflicts } from "#shared/machine/conflicts.ts";
import { Incident } from "./entities/Incident.ts";
import { IncidentTransition } from "./entities/IncidentTransition.ts";
import { acknowledgeIncident } from "./acknowledgeIncident.ts";

/**
 * Somebody answered a page about this incident, so they take it on, however late the answer came as long as it is open. One that
 * was resolved in the meantime stays so; one that got worse, or recurred, after they answered is still to be taken on.
 */
export async function takeOnIncident(
  db: TenantDatabase,
  by: Actor,
  what: { incidentId: string; at: string },
): Promise<void> {
  const { incidentId } = what;
  await retryConflicts(db, async (tx) => {
    await tx.lock(Incident, { id: incidentId });
    const newest = await tx.findOne(IncidentTransition, { incidentId, mostRecent: true });
    if (newest?.toState !== "triage" && newest?.toState !== "active") return;
    if (newest.toState === "triage" && isAfter(newest.at, Temporal.Instant.from(what.at))) return;
    await acknowledgeIncident(tx, by, { id: incidentId });
  });
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}
