import { z } from "zod";
import { systemActor } from "#shared/subgraph/actor.ts";
import { currentState } from "#shared/machine/machine.ts";
import { defineEffect } from "#shared/process/effects.ts";
import { AdministratorNotice } from "../entities/AdministratorNotice.ts";
import { escalationMachine } from "../machines/escalationMachine.ts";
import { deliveryErrorOf, deliveryErrors, FINAL_DELIVERY_ERROR } from "../notifiers/deliveryError.ts";
import { handOver } from "../notifiers/handOver.ts";
import { hostOf, type NotifierType } from "../notifiers/notifiers.ts";
import { NOTICES } from "./noticeTexts.ts";
import type { Services } from "../services.ts";
import { tellTimeline } from "../escalating/tellTimeline.ts";

const payload = z.object({
  noticeId: z.string(),
  reason: z.enum(["NOBODY_TO_PAGE", "UNDELIVERABLE", "EXPIRED", "NO_PATH"]),
  userId: z.string(),
  notifier: z.string(),
  address: z.string(),
  sealedSecret: z.string().nullable(),
  escalationId: z.string().nullable(),
  incidentId: z.string(),
  incidentNumber: z.int(),
  title: z.string(),
  severity: z.string(),
});

/** Tells one administrator by one way that paging reaches nobody; tried for hours, unless somebody takes the incident on or it is over. */
export const deliverNotice = defineEffect<"deliverNotice", typeof payload, null, Services>({
  kind: "deliverNotice",
  payload,
  destinationOf: hostOf,
  startToCloseTimeoutSeconds: 20,
  retry: {
    initialIntervalSeconds: 2,
    backoffCoefficient: 2,
    maximumIntervalSeconds: 300,
    maximumAttempts: 40,
    nonRetryableErrors: [FINAL_DELIVERY_ERROR],
  },
  async recheck(db, { payload: asked }) {
    const [state, notice] = await Promise.all([
      asked.escalationId && currentState(db, escalationMachine, asked.escalationId),
      db.findOne(AdministratorNotice, { id: asked.noticeId }),
    ]);
    if (state === "acknowledged" || state === "resolved") return null;
    return notice?.endedAt === null ? asked : null;
  },
  async perform(
    { notifier, sealedSecret, reason, noticeId: _noticeId, ...about },
    { effectId, services, signal },
  ) {
    const { delivery, publicUrl } = services;
    const secret = sealedSecret && delivery.sealer.unseal(sealedSecret);
    const told = { id: effectId, secret, level: 0, notice: NOTICES[reason], url: `${publicUrl}/graphql` };
    await handOver(notifier as NotifierType, { ...told, ...about }, { ...delivery, signal });
    return null;
  },
  async settled(tx, { payload: about, outcome }) {
    if (outcome.status !== "failed") return;
    const { incidentId, escalationId, noticeId, userId, notifier } = about;
    const error = deliveryErrorOf(outcome.error);
    await tellTimeline(tx, systemActor("escalations"), {
      incidentId,
      kind: "PAGE_FAILED",
      message: `A notice to an administrator by ${notifier.toLowerCase()} failed: ${deliveryErrors[error]}`,
      data: { escalationId, noticeId, userId, notifier, error },
    });
  },
});
