import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { wake } from "#shared/process/process.ts";
import { AdministratorNotice } from "../entities/AdministratorNotice.ts";
import { noticeTimer } from "./noticeTimer.ts";

/** Of what administrators are told. */
export type Noticed = Pick<
  AdministratorNotice,
  "escalationId" | "incidentId" | "incidentNumber" | "title" | "severity" | "reason"
>;

const AT_MOST_EVERY_HOURS = 1;

/**
 * Has those who administer the tenant told that paging about an incident reaches nobody. Of the same run and for the same
 * reason they are told at most hourly, counted anew once somebody took the incident on; that a run expired they are told each
 * time, since none ends silently.
 */
export async function tellAdministrators(tx: TenantTransaction, what: Noticed): Promise<void> {
  const { escalationId, incidentId, incidentNumber, title, severity, reason } = what;
  const createdAt = await tx.now();
  const since = createdAt.subtract({ hours: AT_MOST_EVERY_HOURS });
  const lately = { createdAt: { $gt: since }, endedAt: null };
  const told = await tx.find(AdministratorNotice, { incidentId, reason, ...lately });
  if (reason !== "EXPIRED" && told.some((notice) => notice.escalationId === escalationId)) return;
  const notice = await tx.insert(AdministratorNotice, {
    escalationId,
    incidentId,
    incidentNumber,
    title,
    severity,
    reason,
    createdAt,
  });
  await wake(tx, noticeTimer, notice.id);
}
