import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { currentState } from "#shared/machine/machine.ts";
import { defineProcess } from "#shared/process/process.ts";
import { Incident } from "../entities/Incident.ts";
import { incidentMachine } from "../machines/incidentMachine.ts";
import { endDamping } from "./endDamping.ts";
import { worstFiring } from "../severity/worstFiring.ts";
import { decideDamped, type DampedIncident, type DampingDecision } from "./decideDamped.ts";

/** Pages about an incident that recurred within its damping time, once that is over. */
export const dampingProcess = defineProcess<DampedIncident, DampingDecision>({
  kind: "damping",
  load: async (db, id) => withAlerts(db, await db.findOne(Incident, { id })),
  lock: async (tx, id) => withAlerts(tx, await tx.lock(Incident, { id })),
  tick: decideDamped,
  carryOut: (tx, thing, decision) => endDamping(tx, systemActor("incidents"), thing, decision),
});

async function withAlerts(db: TenantDatabase, incident: Incident | null): Promise<DampedIncident | null> {
  if (!incident) return null;
  const state = await currentState(db, incidentMachine, incident.id);
  return { incident, state, isFiring: (await worstFiring(db, incident.id)) !== null };
}
