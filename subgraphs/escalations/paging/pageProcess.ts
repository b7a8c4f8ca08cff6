import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { currentState, tryMove } from "#shared/machine/machine.ts";
import { defineProcess } from "#shared/process/process.ts";
import { Escalation } from "../entities/Escalation.ts";
import { Page } from "../entities/Page.ts";
import { escalationMachine, isRunning, type EscalationState } from "../machines/escalationMachine.ts";
import { pageMachine, type PageState } from "../machines/pageMachine.ts";
import { sendPage } from "./sendPage.ts";
import { tellPages } from "./tellPages.ts";

/** A page with what the decision about it hangs on. */
export interface WaitingPage {
  page: Page;
  state: PageState | null;
  escalation: Escalation;
  escalationState: EscalationState | null;
}

/** What to do about a page. */
export interface PageDecision {
  step: "send" | "cancel" | "nothing";
  nextWakeAt: Temporal.Instant | null;
}

/** A page whose time comes later than its level: sent then, unless somebody answered before. */
export const pageProcess = defineProcess<WaitingPage, PageDecision>({
  kind: "page",
  load: (db, id) => db.transaction((tx) => lockPage(tx, id)),
  lock: lockPage,
  tick: decidePage,
  async carryOut(tx, { page, escalation }, { step }) {
    if (step === "send") await sendPage(tx, escalation, page);
    if (step !== "cancel") return;
    await tryMove(tx, pageMachine, page.id, "cancel", { by: systemActor("escalations") });
    await tellPages(tx, [page]);
  },
});

/** Decides about a page at a time. */
export function decidePage(
  { page, state, escalationState }: WaitingPage,
  now: Temporal.Instant,
): PageDecision {
  if (state !== "pending") return { step: "nothing", nextWakeAt: null };
  if (!isRunning(escalationState)) return { step: "cancel", nextWakeAt: null };
  const isDue = Temporal.Instant.compare(page.dueAt, now) <= 0;
  return isDue ? { step: "send", nextWakeAt: null } : { step: "nothing", nextWakeAt: page.dueAt };
}

// The escalation first: whoever answers holds its lock while they cancel its pages.
async function lockPage(tx: TenantTransaction, id: string): Promise<WaitingPage | null> {
  const found = await tx.findOne(Page, { id });
  const escalation = found && (await tx.lock(Escalation, { id: found.escalationId }));
  const page = escalation && (await tx.lock(Page, { id }));
  if (!page) return null;
  const state = await currentState(tx, pageMachine, page.id);
  const escalationState = await currentState(tx, escalationMachine, escalation.id);
  return { page, state, escalation, escalationState };
}
