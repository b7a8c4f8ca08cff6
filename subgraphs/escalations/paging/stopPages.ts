import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { statesOf, tryMove } from "#shared/machine/machine.ts";
import { cancel } from "#shared/process/effects.ts";
import { cancelWake } from "#shared/process/process.ts";
import { Escalation } from "../entities/Escalation.ts";
import { Page } from "../entities/Page.ts";
import { pageMachine } from "../machines/pageMachine.ts";
import { pageDelivery } from "./pageDelivery.ts";
import { escalationTimer } from "../escalating/escalationTimer.ts";
import { pageTimer } from "./pageTimer.ts";
import { tellPages } from "./tellPages.ts";

/** No later page of an escalation goes out. One that is being delivered at that moment is cancelled, and not tried again. */
export async function stopPages(tx: TenantTransaction, by: Actor, escalationId: string): Promise<void> {
  await tx.update(Escalation, { id: escalationId }, { nextLevelAt: null });
  await cancelWake(tx, escalationTimer, escalationId);
  const pages = await tx.find(Page, { escalationId });
  const states = await statesOf(
    tx,
    pageMachine,
    pages.map((page) => page.id),
  );
  const stopped = new Set<string>();
  for (const [pageId, state] of states) {
    if (state === "pending") await cancelWake(tx, pageTimer, pageId);
    const isStopped =
      state === "pending" || (state === "sending" && (await cancel(tx, pageDelivery, pageId)) === "stopped");
    if (!isStopped) continue;
    await tryMove(tx, pageMachine, pageId, "cancel", { by });
    stopped.add(pageId);
  }
  await tellPages(
    tx,
    pages.filter(({ id }) => stopped.has(id)),
  );
}
