import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { move } from "#shared/machine/machine.ts";
import { Escalation } from "../entities/Escalation.ts";
import { escalationMachine } from "../machines/escalationMachine.ts";
import { tellAdministrators } from "../notices/tellAdministrators.ts";
import { tellTimeline } from "./tellTimeline.ts";

const by = systemActor("escalations");

/** All levels and repeats are through and nobody answered: administrators are told, since no run ends silently. */
export async function expireEscalation(tx: TenantTransaction, escalation: Escalation): Promise<void> {
  const { id, incidentId } = escalation;
  await move(tx, escalationMachine, id, "expire", { by });
  await tx.update(Escalation, { id }, { nextLevelAt: null });
  await tellTimeline(tx, by, {
    incidentId,
    kind: "ESCALATION_EXPIRED",
    message: "The escalation expired: nobody answered",
    data: { escalationId: id },
  });
  await tellAdministrators(tx, { ...escalation, escalationId: id, reason: "EXPIRED" });
}
