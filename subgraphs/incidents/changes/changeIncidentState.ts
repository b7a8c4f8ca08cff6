import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { tryMove, type MoveName } from "#shared/machine/machine.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import type { Incident } from "../entities/Incident.ts";
import { IncidentAlert } from "../entities/IncidentAlert.ts";
import { incidentMachine } from "../machines/incidentMachine.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";
import { tellAlerts } from "./tellAlerts.ts";

/**
 * Makes one move of an incident and tells its timeline and whoever listens. False, and nothing is written, when the
 * incident is there already. Throws MOVE_NOT_ALLOWED, or TransitionConflict when another was quicker.
 */
export async function changeIncidentState(
  tx: TenantTransaction,
  by: Actor,
  incident: Incident,
  move: MoveName<typeof incidentMachine>,
  why?: string,
): Promise<boolean> {
  const transition = await tryMove(tx, incidentMachine, incident.id, move, { by });
  if (!transition) return false;
  const { fromState, toState } = transition;
  const { occurredAt: at } = await addTimelineEntry(tx, by, {
    incidentId: incident.id,
    kind: "INCIDENT_STATE_CHANGED",
    message: `The incident went from ${fromState} to ${toState}${why ? `: ${why}` : ""}`,
    data: { from: fromState, to: toState, ...(why && { reason: why }) },
  });
  const incidentId = incident.id;
  if (await tx.findOne(IncidentAlert, { incidentId }))
    await tellAlerts(tx, { incidentId, state: incidentMachine.moves[move].to, alertIds: [], at });
  await publish(tx, incidentUpdated, { incidentId: incident.id });
  return true;
}
