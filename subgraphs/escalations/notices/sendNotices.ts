import { systemActor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { request } from "#shared/process/effects.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { AdministratorNotice } from "../entities/AdministratorNotice.ts";
import type { Reachable } from "../findReachable.ts";
import { NOTICES } from "./noticeTexts.ts";
import { deliverNotice } from "./deliverNotice.ts";
import { tellTimeline } from "../escalating/tellTimeline.ts";

const by = systemActor("escalations");

const notices = counter(
  "escalation_administrator_notices_total",
  "Notices to administrators that paging reaches nobody, by reason and by whether there was a way to tell anybody",
  ["reason", "told"],
);

/** Asks for a delivery of the notice by each way of each administrator, and tells the timeline who they are. */
export async function sendNotices(
  tx: TenantTransaction,
  notice: AdministratorNotice,
  administrators: readonly Reachable[],
): Promise<void> {
  const { id: noticeId, escalationId, incidentId, incidentNumber, title, severity, reason } = notice;
  const about = { noticeId, escalationId, incidentId, incidentNumber, title, severity, reason };
  for (const { id: userId, ways } of administrators) {
    for (const { notifier, address, sealedSecret } of ways) {
      const to = { userId, notifier, address, sealedSecret };
      await request(tx, deliverNotice, { ...about, ...to }, { id: crypto.randomUUID() });
    }
  }
  await tx.update(AdministratorNotice, { id: noticeId }, { sentAt: await tx.now() });
  const told = administrators.filter(({ ways }) => ways.length > 0);
  const names = told.map(({ name }) => name).join(", ");
  await tellTimeline(tx, by, {
    incidentId,
    kind: "ADMINISTRATORS_TOLD",
    message: told.length
      ? `${NOTICES[reason]}: telling ${names}`
      : `${NOTICES[reason]}, and no administrator can be told: none has a way that works`,
    data: { escalationId, noticeId, reason, userIds: told.map(({ id }) => id) },
  });
  tx.afterCommit(() => notices.inc({ reason, told: told.length ? "somebody" : "nobody" }));
}
