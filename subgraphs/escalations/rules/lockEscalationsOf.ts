import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { statesOf } from "#shared/machine/machine.ts";
import { Escalation } from "../entities/Escalation.ts";
import { escalationMachine, type EscalationState } from "../machines/escalationMachine.ts";

/** An incident's escalations that are in one of the states, locked in the order of their ids. */
export async function lockEscalationsOf(
  tx: TenantTransaction,
  incidentId: string,
  wanted: readonly EscalationState[],
): Promise<Escalation[]> {
  await tx.sql`select id from escalations.escalation
    where tenant_id = ${tx.tenantId} and incident_id = ${incidentId} order by id for update`;
  const all = await tx.find(Escalation, { incidentId }, { orderBy: { id: "asc" } });
  const states = await statesOf(
    tx,
    escalationMachine,
    all.map((escalation) => escalation.id),
  );
  return all.filter((escalation) => wanted.includes(states.get(escalation.id)!));
}
