import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { move, tryMove } from "#shared/machine/machine.ts";
import { Escalation } from "./entities/Escalation.ts";
import { escalationMachine } from "./machines/escalationMachine.ts";
import { pagePeople } from "./pagePeople.ts";
import type { Decision, RunningEscalation } from "./processes/decideLevel.ts";
import { tellTimeline } from "./tellTimeline.ts";

const by = systemActor("escalations");

/** Writes down how an escalation goes on: who is paged at which level, where nobody was, or that nobody answered. */
export async function reachLevel(
  tx: TenantTransaction,
  { escalation }: RunningEscalation,
  { skipped, reached, expires }: Decision,
): Promise<void> {
  const { id, incidentId } = escalation;
  for (const { level, round } of skipped) {
    const message = `Nobody is on call at level ${level}`;
    await tellTimeline(tx, by, {
      incidentId,
      kind: "NOBODY_ON_CALL",
      message,
      data: { escalationId: id, level, round },
    });
  }
  if (reached) {
    const { level, round, people, nextLevelAt } = reached;
    await tryMove(tx, escalationMachine, id, "trigger", { by });
    await tx.update(Escalation, { id }, { level, round, nextLevelAt });
    const names = people.map((person) => person.name).join(", ");
    const data = { escalationId: id, level, round, userIds: people.map((person) => person.id) };
    await tellTimeline(tx, by, {
      incidentId,
      kind: "LEVEL_REACHED",
      message: `Level ${level}: paging ${names}`,
      data,
    });
    await pagePeople(tx, escalation, reached);
  }
  if (expires) {
    await move(tx, escalationMachine, id, "expire", { by });
    await tx.update(Escalation, { id }, { nextLevelAt: null });
    const message = "The escalation expired: nobody answered";
    await tellTimeline(tx, by, { incidentId, kind: "ESCALATION_ENDED", message, data: { escalationId: id } });
  }
}
