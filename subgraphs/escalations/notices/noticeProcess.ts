import { defineProcess, type AskContext } from "#shared/process/process.ts";
import { AdministratorNotice } from "../entities/AdministratorNotice.ts";
import { findWaysOfPeople, type Reachable } from "../findReachable.ts";
import { sendNotices } from "./sendNotices.ts";
import type { Services } from "../services.ts";

/** Whom to tell, by which ways. */
export interface NoticeDecision {
  tell: readonly Reachable[] | null;
  nextWakeAt: null;
}

/** Administrators are told: asks who they are, and has each told by every way there is. */
export const noticeProcess = defineProcess<
  AdministratorNotice,
  NoticeDecision,
  readonly Reachable[],
  Services
>({
  kind: "administratorNotice",
  load: (db, id) => db.findOne(AdministratorNotice, { id }),
  ask: askWhoAdministers,
  lock: (tx, id) => tx.lock(AdministratorNotice, { id }),
  tick: ({ sentAt, endedAt }, _now, administrators) => ({
    tell: sentAt === null && endedAt === null ? administrators : null,
    nextWakeAt: null,
  }),
  async carryOut(tx, notice, { tell }) {
    if (tell) await sendNotices(tx, notice, tell);
  },
});

async function askWhoAdministers(
  services: Services,
  _notice: AdministratorNotice,
  { tenantId }: AskContext,
): Promise<readonly Reachable[]> {
  const caller = { tenantId };
  const { administrators } = await services.people.findAdministrators({}, caller);
  return findWaysOfPeople(services, tenantId, administrators);
}
