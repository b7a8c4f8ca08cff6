import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { tryMove } from "#shared/machine/machine.ts";
import { Escalation } from "../entities/Escalation.ts";
import { escalationMachine } from "../machines/escalationMachine.ts";
import { tellAdministrators } from "../notices/tellAdministrators.ts";
import { tellTimeline } from "./tellTimeline.ts";

const by = systemActor("escalations");

/** Every page of a round failed: the round does not count, administrators are told, and the next comes after a while. */
export async function backOff(
  tx: TenantTransaction,
  escalation: Escalation,
  { nextLevelAt }: { nextLevelAt: Temporal.Instant },
): Promise<void> {
  const { id, incidentId, round, undeliveredRounds, consecutiveUndelivered } = escalation;
  await tryMove(tx, escalationMachine, id, "fail", { by });
  const counted = {
    undeliveredRounds: undeliveredRounds + 1,
    consecutiveUndelivered: consecutiveUndelivered + 1,
  };
  await tx.update(Escalation, { id }, { ...counted, nextLevelAt, waitsFor: "next try" });
  await tellTimeline(tx, by, {
    incidentId,
    kind: "ESCALATION_UNDELIVERABLE",
    message: "Nobody could be reached in the whole round: it is tried again",
    data: { escalationId: id, round, nextRoundAt: nextLevelAt.toString() },
  });
  await tellAdministrators(tx, { ...escalation, escalationId: id, reason: "UNDELIVERABLE" });
}
