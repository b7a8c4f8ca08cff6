import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { move, startAll } from "#shared/machine/machine.ts";
import { request, requestAll } from "#shared/process/effects.ts";
import type { Escalation } from "../entities/Escalation.ts";
import type { Page } from "../entities/Page.ts";
import { pageMachine } from "../machines/pageMachine.ts";
import { payloadOf } from "./presentPage.ts";
import { pageDelivery } from "./pageDelivery.ts";
import { tellPages } from "./tellPages.ts";

/** Hands a page to its notifier: the call is made once this is committed, under the page's own id. */
export async function sendPage(tx: TenantTransaction, escalation: Escalation, page: Page): Promise<void> {
  await move(tx, pageMachine, page.id, "send", { by: systemActor("escalations") });
  await request(tx, pageDelivery, payloadOf(escalation, page), { id: page.id });
  await tellPages(tx, [page]);
}

/** Hands new pages to their notifiers, all in a few statements. */
export async function sendNewPages(
  tx: TenantTransaction,
  escalation: Escalation,
  pages: readonly Page[],
): Promise<void> {
  const ids = pages.map(({ id }) => id);
  const asked = pages.map((page) => ({ id: page.id, payload: payloadOf(escalation, page) }));
  await Promise.all([
    startAll(tx, pageMachine, ids, ["send"], { by: systemActor("escalations") }),
    requestAll(tx, pageDelivery, asked),
  ]);
  await tellPages(tx, pages);
}
