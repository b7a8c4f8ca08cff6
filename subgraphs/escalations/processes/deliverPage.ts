import { z } from "zod";
import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { tryMove } from "#shared/machine/machine.ts";
import { defineEffect, type Outcome } from "#shared/process/effects.ts";
import { wake } from "#shared/process/process.ts";
import { PageAttempt } from "../entities/PageAttempt.ts";
import { pageMachine } from "../machines/pageMachine.ts";
import { notifiers, type NotifierType } from "../notifiers/notifiers.ts";
import type { Services } from "../services.ts";
import { tellTimeline } from "../tellTimeline.ts";
import { escalationTimer } from "./timers.ts";

const payload = z.object({
  notifier: z.string(),
  address: z.string(),
  sealedSecret: z.string().nullable(),
  userId: z.string(),
  escalationId: z.string(),
  incidentId: z.string(),
  incidentNumber: z.int(),
  title: z.string(),
  severity: z.string(),
  level: z.int(),
});

type Payload = z.infer<typeof payload>;

/** Delivers a page by its notifier; its id is the page's. */
export const deliverPage = defineEffect<"deliverPage", typeof payload, null, Services>({
  kind: "deliverPage",
  payload,
  startToCloseTimeoutSeconds: 20,
  retry: {
    initialIntervalSeconds: 2,
    backoffCoefficient: 2,
    maximumIntervalSeconds: 60,
    maximumAttempts: 6,
    nonRetryableErrors: ["NotConfiguredError", "RefusedError"],
  },
  async perform({ notifier, sealedSecret, ...about }, { effectId, services, signal }) {
    const { ways, publicUrl } = services;
    const secret = sealedSecret && ways.sealer.unseal(sealedSecret);
    const url = `${publicUrl}/graphql`;
    await notifiers
      .get(notifier as NotifierType)
      .deliver({ id: effectId, secret, url, ...about }, { ...ways, signal });
    return null;
  },
  async attempted(tx, { effectId, outcome }) {
    await recordAttempt(tx, effectId, outcome);
  },
  async settled(tx, { effectId: pageId, payload: about, outcome }) {
    await recordAttempt(tx, pageId, outcome);
    await tryMove(tx, pageMachine, pageId, MOVES[outcome.status], { by });
    await tell(tx, pageId, about, outcome);
    // Whether there is anybody left to answer is for the escalation to decide.
    if (outcome.status === "failed") await wake(tx, escalationTimer, about.escalationId);
  },
});

const by = systemActor("escalations");

const MOVES = { succeeded: "confirm", failed: "fail", cancelled: "cancel" } as const;

async function recordAttempt(
  tx: TenantTransaction,
  pageId: string,
  outcome: Outcome<unknown>,
): Promise<void> {
  const { attempt: number, at, status } = outcome;
  const error = status === "succeeded" ? null : outcome.error;
  if (status === "cancelled" && error === null) return;
  await tx.insert(PageAttempt, { pageId, number, at, succeeded: status === "succeeded", error });
}

async function tell(
  tx: TenantTransaction,
  pageId: string,
  about: Payload,
  outcome: Outcome<unknown>,
): Promise<void> {
  const { incidentId, escalationId, userId, notifier } = about;
  const data = { pageId, escalationId, userId, notifier };
  if (outcome.status === "succeeded") {
    await tellTimeline(tx, by, {
      incidentId,
      kind: "PAGE_SENT",
      message: `Paged by ${notifier.toLowerCase()}`,
      data,
    });
  } else if (outcome.status === "failed") {
    const message = `A page by ${notifier.toLowerCase()} failed: ${outcome.error}`;
    await tellTimeline(tx, by, {
      incidentId,
      kind: "PAGE_FAILED",
      message,
      data: { ...data, error: outcome.error },
    });
  }
}
