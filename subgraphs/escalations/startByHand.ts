import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Severity } from "#supergraph/commands.ts";
import { exposed } from "#supergraph/errors.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import type { Escalation } from "./entities/Escalation.ts";
import type { Incidents } from "./services.ts";
import { startEscalation } from "./startEscalation.ts";

/**
 * Somebody pages people about an incident by hand. Throws NOT_FOUND for an incident or a path that is not of this tenant,
 * MOVE_NOT_ALLOWED for an incident that is resolved or closed.
 */
export async function startByHand(
  db: TenantDatabase,
  by: Actor,
  what: { incidentId: string; pathId: string },
  incidents: Incidents,
): Promise<Escalation> {
  const { incidentId, pathId: escalationPathId } = what;
  const found = await incidents.findIncidents({ ids: [incidentId] }, { tenantId: db.tenantId });
  const incident = found.incidents[0];
  if (!incident) throw notFound("incident", incidentId);
  requireOpen(incident);
  const { number: incidentNumber, title, severity } = incident;
  return db.transaction(async (tx) => {
    const about = { incidentId, incidentNumber, title, severity: severity as Severity, escalationPathId };
    const escalation = await startEscalation(tx, by, { ...about, restarts: false });
    if (escalation) return escalation;
    // Thrown within the transaction, so that nobody is told of what was never started.
    throw notFound("escalation path", escalationPathId);
  });
}

/** Whether an incident is over, by the state that incidents tell of it. */
export function isIncidentOver(state: string): boolean {
  return state === "RESOLVED" || state === "CLOSED";
}

function requireOpen({ id, state: stored }: { id: string; state: string }): void {
  if (!isIncidentOver(stored)) return;
  const args = { thing: "incident", move: "page anybody", state: stored.toLowerCase() };
  throw exposed("MOVE_NOT_ALLOWED", `incident ${id} is ${args.state}`, args);
}
