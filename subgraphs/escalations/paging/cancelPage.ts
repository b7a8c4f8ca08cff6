import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { tryMove } from "#shared/machine/machine.ts";
import type { Escalation } from "../entities/Escalation.ts";
import { Page } from "../entities/Page.ts";
import { pageMachine } from "../machines/pageMachine.ts";
import { tellPages } from "./tellPages.ts";
import { tellTimeline } from "../escalating/tellTimeline.ts";

const by = systemActor("escalations");

/** A page is not sent, for a reason that is kept and told. */
export async function cancelPage(
  tx: TenantTransaction,
  { id: escalationId, incidentId }: Escalation,
  { id: pageId, userId, notifier }: Page,
  reason: string,
): Promise<void> {
  if (!(await tryMove(tx, pageMachine, pageId, "cancel", { by, data: { reason } }))) return;
  await tx.update(Page, { id: pageId }, { cancelReason: reason });
  await tellPages(tx, [{ id: pageId, userId }]);
  await tellTimeline(tx, by, {
    incidentId,
    kind: "PAGE_CANCELLED",
    message: `A page by ${notifier.toLowerCase()} was not sent: ${reason}`,
    data: { pageId, escalationId, userId, notifier, reason },
  });
}
