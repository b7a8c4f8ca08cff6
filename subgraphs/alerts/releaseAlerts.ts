import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { Alert } from "./entities/Alert.ts";

/** The incident of these alerts is over: they are resolved with it, or lead to no incident any more. */
export async function releaseAlerts(
  tx: TenantTransaction,
  what: { alertIds: readonly string[]; at: string; resolves: boolean },
): Promise<void> {
  const at = Temporal.Instant.from(what.at);
  const stillOpen = { id: { $in: what.alertIds }, status: "FIRING", lastFiredAt: { $lte: at } } as const;
  const change = what.resolves ? ({ status: "RESOLVED", resolvedAt: at } as const) : { incidentKey: null };
  await tx.update(Alert, stillOpen, change);
}
