import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { AdministratorNotice } from "../entities/AdministratorNotice.ts";

/** Somebody took the incident on, or it is over: administrators are not told any more that paging about it reaches nobody. */
export async function endNotices(tx: TenantTransaction, incidentId: string): Promise<void> {
  await tx.update(AdministratorNotice, { incidentId, endedAt: null }, { endedAt: await tx.now() });
}
