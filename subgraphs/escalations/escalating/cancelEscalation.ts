import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { move } from "#shared/machine/machine.ts";
import type { Escalation } from "../entities/Escalation.ts";
import { escalationMachine } from "../machines/escalationMachine.ts";
import { stopPages } from "../paging/stopPages.ts";
import { tellTimeline } from "./tellTimeline.ts";

/** A running escalation gives its place to another run: no later page of it goes out. It is locked. */
export async function cancelEscalation(
  tx: TenantTransaction,
  by: Actor,
  { id, incidentId }: Escalation,
): Promise<void> {
  await move(tx, escalationMachine, id, "cancel", { by });
  await stopPages(tx, by, id);
  const message = "The escalation starts again from the first level";
  await tellTimeline(tx, by, { incidentId, kind: "ESCALATION_ENDED", message, data: { escalationId: id } });
}
