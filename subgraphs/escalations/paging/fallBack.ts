import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { start, statesOf } from "#shared/machine/machine.ts";
import { cancelWake, wake } from "#shared/process/process.ts";
import { cancelPage } from "./cancelPage.ts";
import type { Escalation } from "../entities/Escalation.ts";
import { Page } from "../entities/Page.ts";
import { pageMachine, type PageState } from "../machines/pageMachine.ts";
import { escalationTimer } from "../escalating/escalationTimer.ts";
import { pageTimer } from "./pageTimer.ts";
import { sendPage } from "./sendPage.ts";

/**
 * A page reaches nobody: the person's next way is used at once, whatever its delay, and after the last the account's e-mail;
 * unless another page of theirs at this level is on its way or arrived. When they have no way left, the escalation decides at
 * once whether anybody else of the level has. It is locked and runs.
 */
export async function fallBack(tx: TenantTransaction, escalation: Escalation, page: Page): Promise<void> {
  const others = await findOthers(tx, page);
  if (others.some(({ state }) => state === "sending" || state === "sent")) return;
  const next = others.find(({ state }) => state === "pending")?.page;
  if (next) return sendInstead(tx, escalation, next, page);
  const isMailUsed = [page, ...others.map((other) => other.page)].some(
    ({ notifier, address }) => notifier === "EMAIL" && address === page.accountEmail,
  );
  if (page.accountEmail !== null && !isMailUsed) return mailInstead(tx, escalation, page, page.accountEmail);
  await wake(tx, escalationTimer, escalation.id);
}

/** A person cannot be paged any more: their pages of this level that are still to come are not sent. */
export async function giveUpPerson(
  tx: TenantTransaction,
  escalation: Escalation,
  page: Page,
  reason: string,
): Promise<void> {
  for (const { page: other, state } of await findOthers(tx, page)) {
    if (state !== "pending") continue;
    await cancelWake(tx, pageTimer, other.id);
    await cancelPage(tx, escalation, other, reason);
  }
  await wake(tx, escalationTimer, escalation.id);
}

async function findOthers(
  tx: TenantTransaction,
  { id, escalationId, round, level, userId }: Page,
): Promise<{ page: Page; state: PageState | undefined }[]> {
  const pages = await tx.find(
    Page,
    { escalationId, round, level, userId },
    { orderBy: { dueAt: "asc", id: "asc" } },
  );
  const others = pages.filter((page) => page.id !== id);
  const states = await statesOf(
    tx,
    pageMachine,
    others.map((page) => page.id),
  );
  return others.map((page) => ({ page, state: states.get(page.id) }));
}

async function sendInstead(
  tx: TenantTransaction,
  escalation: Escalation,
  next: Page,
  { id: fallbackOf }: Page,
): Promise<void> {
  await cancelWake(tx, pageTimer, next.id);
  await tx.update(Page, { id: next.id }, { fallbackOf, dueAt: await tx.now() });
  await sendPage(tx, escalation, next);
}

async function mailInstead(
  tx: TenantTransaction,
  escalation: Escalation,
  { id: fallbackOf, escalationId, userId, level, round, accountEmail }: Page,
  address: string,
): Promise<void> {
  const dueAt = await tx.now();
  const mail = await tx.insert(Page, {
    escalationId,
    userId,
    level,
    round,
    accountEmail,
    fallbackOf,
    dueAt,
    notifier: "EMAIL",
    address,
  });
  await start(tx, pageMachine, mail.id, { by: systemActor("escalations") });
  await sendPage(tx, escalation, mail);
}
