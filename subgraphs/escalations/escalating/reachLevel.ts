import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { currentState, move } from "#shared/machine/machine.ts";
import { Escalation } from "../entities/Escalation.ts";
import { escalationMachine } from "../machines/escalationMachine.ts";
import { pagePeople } from "./pagePeople.ts";
import type { OpenQuestions, Paged } from "./decideLevel.ts";
import { tellTimeline } from "./tellTimeline.ts";

const by = systemActor("escalations");

/** A level is reached: its people are paged. Those who could not be asked about follow as soon as it is known who they are. */
export async function reachLevel(
  tx: TenantTransaction,
  escalation: Escalation,
  what: { reached: Paged; asking: OpenQuestions | null; nextLevelAt: Temporal.Instant },
): Promise<void> {
  const { id, incidentId } = escalation;
  const { reached, asking, nextLevelAt } = what;
  const { level, round, people } = reached;
  if ((await currentState(tx, escalationMachine, id)) === "pending") {
    await move(tx, escalationMachine, id, "trigger", { by });
  }
  const asked = { askingLevels: asking?.levels ?? null, askingSince: asking?.since ?? null };
  await tx.update(Escalation, { id }, { level, round, nextLevelAt, waitsFor: "answer", ...asked });
  if (people.length > 0) return pagePeople(tx, escalation, reached);
  await tellTimeline(tx, by, {
    incidentId,
    kind: "LEVEL_REACHED",
    message: `Level ${level}: it cannot be found out yet who is on call`,
    data: { escalationId: id, level, round, userIds: [] },
  });
}
