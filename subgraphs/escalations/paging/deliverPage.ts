import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { currentState, tryMove } from "#shared/machine/machine.ts";
import { defineEffect, type Attempt, type Outcome } from "#shared/process/effects.ts";
import { cancelPage } from "./cancelPage.ts";
import { Escalation } from "../entities/Escalation.ts";
import { Page } from "../entities/Page.ts";
import { PageAttempt } from "../entities/PageAttempt.ts";
import { fallBack, giveUpPerson } from "./fallBack.ts";
import { escalationMachine, isRunning } from "../machines/escalationMachine.ts";
import { pageMachine } from "../machines/pageMachine.ts";
import { deliveryErrorOf, deliveryErrors, FINAL_DELIVERY_ERROR } from "../notifiers/deliveryError.ts";
import { handOver } from "../notifiers/handOver.ts";
import type { NotifierType } from "../notifiers/notifiers.ts";
import { noteArrival } from "./noteArrival.ts";
import { presentPage } from "./presentPage.ts";
import { tellPages } from "./tellPages.ts";
import type { Services } from "../services.ts";
import { tellTimeline } from "../escalating/tellTimeline.ts";
import { pageDelivery, type pagePayload, type PagePayload } from "./pageDelivery.ts";

/** What came of an attempt that did not fail: the notifier took the page, or the person is gone and it was not handed over. */
type Delivered = "taken" | "person gone";

/** Delivers a page by its notifier; its id is the page's. Before each attempt it is looked at again. */
export const deliverPage = defineEffect<"deliverPage", typeof pagePayload, Delivered, Services>({
  ...pageDelivery,
  startToCloseTimeoutSeconds: 20,
  retry: {
    initialIntervalSeconds: 2,
    backoffCoefficient: 2,
    maximumIntervalSeconds: 60,
    maximumAttempts: 6,
    nonRetryableErrors: [FINAL_DELIVERY_ERROR],
  },
  mostPerMinute: ({ pagesPerMinute }) => pagesPerMinute,
  recheck: async (db, { effectId }) => (await presentPage(db, effectId)).payload,
  async perform(payload, attempt) {
    const { effectId: id, services, signal } = attempt;
    const { delivery, publicUrl } = services;
    if (await isGone(payload.userId, attempt)) return "person gone";
    const { notifier, sealedSecret, ...about } = payload;
    const secret = sealedSecret && delivery.sealer.unseal(sealedSecret);
    const outgoing = { id, secret, notice: null, url: `${publicUrl}/graphql`, ...about };
    await handOver(notifier as NotifierType, outgoing, { ...delivery, signal });
    return "taken";
  },
  async attempted(tx, { effectId, outcome }) {
    const { page, escalation, isStillRunning } = await lockRun(tx, effectId);
    await recordAttempt(tx, effectId, outcome);
    const fallsBackAt = page.dueAt.add({ seconds: FALLS_BACK_AFTER_SECONDS });
    const isLate = Temporal.Instant.compare(outcome.at, fallsBackAt) >= 0;
    if (isStillRunning && isLate) await fallBack(tx, escalation, page);
  },
  async settled(tx, { effectId: pageId, payload, outcome, lateSeconds, isRateLimited }) {
    if (outcome.status !== "succeeded") return settleUnsent(tx, pageId, payload, outcome);
    if (outcome.result === "person gone") return settleGone(tx, pageId);
    await Promise.all([
      recordAttempt(tx, pageId, outcome),
      tryMove(tx, pageMachine, pageId, "confirm", { by }),
      noteArrival(tx, payload.escalationId),
    ]);
    await tellPages(tx, [{ id: pageId, userId: payload.userId }]);
    const { incidentId } = payload;
    const late = outcome.attempt === 1 ? latenessOf(lateSeconds, isRateLimited) : "";
    const message = `Paged by ${payload.notifier.toLowerCase()}${late}`;
    await tellTimeline(tx, by, { incidentId, kind: "PAGE_SENT", message, data: dataOf(pageId, payload) });
  },
});

/** From how many seconds on the timeline says of a page that it was late. */
const LATE_SECONDS = 5;

function latenessOf(lateSeconds: number, isRateLimited: boolean): string {
  if (lateSeconds < LATE_SECONDS && !isRateLimited) return "";
  const why = isRateLimited ? ": more pages were due than are sent for a tenant in a minute" : "";
  return `, ${Math.round(lateSeconds)} s late${why}`;
}

/** How long after it was due a page that is tried again is waited for, before the person's next way is used as well. */
const FALLS_BACK_AFTER_SECONDS = 5;

const by = systemActor("escalations");

// Who cannot be asked about counts as still there: somebody who is paged for nothing is better than one who is not paged.
async function isGone(userId: string, { tenantId, services, signal }: Attempt<Services>): Promise<boolean> {
  const caller = { tenantId };
  const { people, breakers } = services;
  const answer = await breakers.identity(() => people.findUsers({ ids: [userId] }, caller, { signal }));
  return answer?.users.length === 0;
}

async function recordAttempt(
  tx: TenantTransaction,
  pageId: string,
  outcome: Outcome<unknown>,
): Promise<void> {
  const { attempt: number, at, status } = outcome;
  const said = status === "succeeded" ? null : outcome.error;
  if (status === "cancelled" && said === null) return;
  const error = said === null ? null : deliveryErrorOf(said);
  await tx.insert(PageAttempt, { pageId, number, at, succeeded: status === "succeeded", error });
}

// The escalation first: whoever answers holds its lock while they cancel its pages.
async function lockRun(tx: TenantTransaction, pageId: string) {
  const page = (await tx.findOne(Page, { id: pageId }))!;
  const escalation = (await tx.lock(Escalation, { id: page.escalationId }))!;
  const isStillRunning = isRunning(await currentState(tx, escalationMachine, escalation.id));
  return { page, escalation, isStillRunning };
}

async function settleUnsent(
  tx: TenantTransaction,
  pageId: string,
  payload: PagePayload,
  outcome: Exclude<Outcome<unknown>, { status: "succeeded" }>,
): Promise<void> {
  const { page, escalation, isStillRunning } = await lockRun(tx, pageId);
  await recordAttempt(tx, pageId, outcome);
  if (outcome.status === "cancelled") {
    const presented = await presentPage(tx, pageId);
    const reason = presented.payload === null ? presented.reason : null;
    if (reason === null) await tryMove(tx, pageMachine, pageId, "cancel", { by });
    else await cancelPage(tx, escalation, page, reason);
  } else {
    await tryMove(tx, pageMachine, pageId, "fail", { by });
    const { incidentId } = payload;
    const error = deliveryErrorOf(outcome.error);
    const message = `A page by ${payload.notifier.toLowerCase()} failed: ${deliveryErrors[error]}`;
    const data = { ...dataOf(pageId, payload), error };
    await tellTimeline(tx, by, { incidentId, kind: "PAGE_FAILED", message, data });
  }
  await tellPages(tx, [page]);
  if (isStillRunning) await fallBack(tx, escalation, page);
}

async function settleGone(tx: TenantTransaction, pageId: string): Promise<void> {
  const { page, escalation, isStillRunning } = await lockRun(tx, pageId);
  const reason = "the person is disabled";
  await cancelPage(tx, escalation, page, reason);
  if (isStillRunning) await giveUpPerson(tx, escalation, page, reason);
}

function dataOf(pageId: string, { escalationId, userId, notifier }: PagePayload) {
  return { pageId, escalationId, userId, notifier };
}
