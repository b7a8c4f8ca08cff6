import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { currentState, move } from "#shared/machine/machine.ts";
import { escalationMachine } from "../machines/escalationMachine.ts";

/** A page arrived: after rounds in which everything failed, somebody can be reached again. */
export async function noteArrival(tx: TenantTransaction, escalationId: string): Promise<void> {
  // Locks the row only where there is something to note, for arrivals are many.
  const noted = await tx.sql`
    update escalations.escalation set consecutive_undelivered = 0
    where tenant_id = ${tx.tenantId} and id = ${escalationId} and consecutive_undelivered > 0
    returning id`;
  if (noted.length === 0) return;
  if ((await currentState(tx, escalationMachine, escalationId)) !== "undeliverable") return;
  await move(tx, escalationMachine, escalationId, "recover", { by: systemActor("escalations") });
}
