import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { startAll } from "#shared/machine/machine.ts";
import { wakeAll } from "#shared/process/process.ts";
import type { Escalation } from "../entities/Escalation.ts";
import { Page } from "../entities/Page.ts";
import { pageMachine } from "../machines/pageMachine.ts";
import type { Paged } from "./decideLevel.ts";
import { pageTimer } from "../paging/pageTimer.ts";
import { sendNewPages } from "../paging/sendPage.ts";
import { tellPages } from "../paging/tellPages.ts";
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
  const rows = people.flatMap(({ id: userId, accountEmail, ways }) =>
    ways.map(({ delayMinutes, ...way }) => {
      const dueAt = now.add({ minutes: delayMinutes });
      return { escalationId, level, round, userId, accountEmail, dueAt, ...way };
    }),
  );
  const pages = await tx.insertMany(Page, rows);
  const isDue = ({ dueAt }: Page) => Temporal.Instant.compare(dueAt, now) <= 0;
  await sendNewPages(tx, escalation, pages.filter(isDue));
  await haveSentLater(
    tx,
    pages.filter((page) => !isDue(page)),
  );
}

async function haveSentLater(tx: TenantTransaction, pages: readonly Page[]): Promise<void> {
  const ids = pages.map(({ id }) => id);
  await startAll(tx, pageMachine, ids, [], { by });
  const times = pages.map(({ id, dueAt }) => ({ id, at: dueAt }));
  await wakeAll(tx, pageTimer, times);
  await tellPages(tx, pages);
}
