import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { sendAll } from "#shared/process/commands.ts";
import { settleAlert } from "#supergraph/commands.ts";
import type { Alert } from "../entities/Alert.ts";

/** Tells incidents of alerts that fire no longer, of those that they were told of; `userId` is the person who resolved them. */
export async function tellSettled(
  tx: TenantTransaction,
  alerts: readonly Pick<Alert, "id" | "incidentKey">[],
  userId: string | null,
): Promise<void> {
  const resolvedAt = (await tx.now()).toString();
  const settled = alerts.flatMap(({ id: alertId, incidentKey: key }) =>
    key === null ? [] : [{ key, payload: { alertId, resolvedAt, userId } }],
  );
  await sendAll(tx, settleAlert, settled);
}
