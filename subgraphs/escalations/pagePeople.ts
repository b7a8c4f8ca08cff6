import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { start } from "#shared/machine/machine.ts";
import { wake } from "#shared/process/process.ts";
import type { Escalation } from "./entities/Escalation.ts";
import { Page } from "./entities/Page.ts";
import { pageMachine } from "./machines/pageMachine.ts";
import type { Paged } from "./processes/decideLevel.ts";
import { pageTimer } from "./processes/timers.ts";
import { sendPage } from "./sendPage.ts";
import { tellTimeline } from "./tellTimeline.ts";

const by = systemActor("escalations");

/** Pages people at a level, each by their ways and after the delays of these. The escalation is locked. */
export async function pagePeople(
  tx: TenantTransaction,
  escalation: Escalation,
  { people, level, round }: Paged,
): Promise<void> {
  const { id: escalationId, incidentId } = escalation;
  const names = people.map((person) => person.name).join(", ");
  await tellTimeline(tx, by, {
    incidentId,
    kind: "LEVEL_REACHED",
    message: `Level ${level}: paging ${names}`,
    data: { escalationId, level, round, userIds: people.map((person) => person.id) },
  });
  const now = await tx.now();
  for (const { id: userId, accountEmail, ways } of people) {
    for (const { delayMinutes, ...way } of ways) {
      const dueAt = now.add({ minutes: delayMinutes });
      const page = await tx.insert(Page, {
        escalationId,
        level,
        round,
        userId,
        accountEmail,
        dueAt,
        ...way,
      });
      await start(tx, pageMachine, page.id, { by });
      if (delayMinutes === 0) await sendPage(tx, escalation, page);
      else await wake(tx, pageTimer, page.id, dueAt);
    }
  }
}
