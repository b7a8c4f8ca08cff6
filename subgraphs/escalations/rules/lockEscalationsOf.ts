import { fragment } from "#shared/database/fragment.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { Escalation } from "../entities/Escalation.ts";
import type { EscalationState } from "../machines/escalationMachine.ts";

/** An incident's escalations that are in one of the states, locked in the order of their ids. */
export async function lockEscalationsOf(
  tx: TenantTransaction,
  incidentId: string,
  wanted: readonly EscalationState[],
): Promise<Escalation[]> {
  tx.unanswered(fragment`select id from escalations.escalation
    where tenant_id = ${tx.tenantId} and incident_id = ${incidentId} order by id for update`);
  const [all, inStates] = await Promise.all([
    tx.find(Escalation, { incidentId }, { orderBy: { id: "asc" } }),
    tx.sql<{ id: string }>`
      select escalation.id from escalations.escalation join escalations.escalation_transition as newest
        on newest.tenant_id = escalation.tenant_id and newest.escalation_id = escalation.id and newest.most_recent
      where escalation.tenant_id = ${tx.tenantId} and incident_id = ${incidentId} and to_state = any (${[...wanted]}::text[])`,
  ]);
  const ids = new Set(inStates.map(({ id }) => id));
  return all.filter(({ id }) => ids.has(id));
}
