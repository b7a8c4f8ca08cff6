import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { move } from "#shared/machine/machine.ts";
import { Escalation } from "../entities/Escalation.ts";
import { escalationMachine } from "../machines/escalationMachine.ts";
import { pagePeople } from "./pagePeople.ts";
import type { OpenQuestions, Paged } from "./decideLevel.ts";
import { tellTimeline } from "./tellTimeline.ts";

const by = systemActor("escalations");

/** A level is reached by an escalation, which is locked, and pending or triggered: its people are paged. Those who could not be asked about follow as soon as it is known who they are. */
export async function reachLevel(
  tx: TenantTransaction,
  escalation: Escalation,
  what: { reached: Paged; asking: OpenQuestions | null; nextLevelAt: Temporal.Instant; isPending: boolean },
): Promise<void> {
  const { id, incidentId } = escalation;
  const { reached, asking, nextLevelAt, isPending } = what;
  const { level, round, people } = reached;
  const asked = { askingLevels: asking?.levels ?? null, askingSince: asking?.since ?? null };
  await Promise.all([
    isPending && move(tx, escalationMachine, id, "trigger", { by }),
    tx.update(Escalation, { id }, { level, round, nextLevelAt, waitsFor: "answer", ...asked }),
    people.length > 0 && pagePeople(tx, escalation, reached),
  ]);
  if (people.length > 0) return;
  await tellTimeline(tx, by, {
    incidentId,
    kind: "LEVEL_REACHED",
    message: `Level ${level}: it cannot be found out yet who is on call`,
    data: { escalationId: id, level, round, userIds: [] },
  });
}
