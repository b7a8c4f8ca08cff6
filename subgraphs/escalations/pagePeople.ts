import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { start } from "#shared/machine/machine.ts";
import { wake } from "#shared/process/process.ts";
import { ContactMethod } from "./entities/ContactMethod.ts";
import type { Escalation } from "./entities/Escalation.ts";
import { NotificationRule } from "./entities/NotificationRule.ts";
import { Page } from "./entities/Page.ts";
import { pageMachine } from "./machines/pageMachine.ts";
import type { Place, Reachable } from "./processes/decideLevel.ts";
import { pageTimer } from "./processes/timers.ts";
import { sendPage } from "./sendPage.ts";

/** Where a page goes, and how long after the level was reached. */
interface Reach {
  userId: string;
  notifier: Page["notifier"];
  address: string;
  sealedSecret: string | null;
  delayMinutes: number;
}

/** Pages people at a level, each as their notification rules say; those without any get a mail at once. */
export async function pagePeople(
  tx: TenantTransaction,
  escalation: Escalation,
  { people, level, round }: Place & { people: readonly Reachable[] },
): Promise<void> {
  const now = await tx.now();
  for (const { delayMinutes, ...reach } of await reachesOf(tx, people)) {
    const dueAt = now.add({ minutes: delayMinutes });
    const page = await tx.insert(Page, { ...reach, escalationId: escalation.id, level, round, dueAt });
    await start(tx, pageMachine, page.id, { by: systemActor("escalations") });
    if (delayMinutes === 0) await sendPage(tx, escalation, { ...page, level });
    else await wake(tx, pageTimer, page.id, dueAt);
  }
}

async function reachesOf(tx: TenantTransaction, people: readonly Reachable[]): Promise<Reach[]> {
  const userIds = people.map((person) => person.id);
  const rules = await tx.find(
    NotificationRule,
    { userId: { $in: userIds } },
    { orderBy: { delayMinutes: "asc", id: "asc" } },
  );
  const methods = await tx.find(ContactMethod, { id: { $in: rules.map((rule) => rule.contactMethodId) } });
  const reaches = people.flatMap(({ id: userId, email }): Reach[] => {
    const own = rules
      .filter((rule) => rule.userId === userId)
      .flatMap(({ contactMethodId, delayMinutes }) => {
        const method = methods.find((one) => one.id === contactMethodId);
        if (!method) return [];
        const { notifier, address, sealedSecret } = method;
        return [{ userId, notifier, address, sealedSecret, delayMinutes }];
      });
    return own.length
      ? own
      : [{ userId, notifier: "EMAIL", address: email, sealedSecret: null, delayMinutes: 0 }];
  });
  // The same way twice is once, at the earlier time.
  return reaches.filter((reach, index) => reaches.findIndex((other) => isSameWay(other, reach)) === index);
}

function isSameWay(one: Reach, other: Reach): boolean {
  return one.userId === other.userId && one.notifier === other.notifier && one.address === other.address;
}
