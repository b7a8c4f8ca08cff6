import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { Alert } from "../entities/Alert.ts";
import type { KnownAlerts } from "./placeAlert.ts";
import type { ReceivedAlert } from "../webhooks/readPayload.ts";

/** What is known under the dedup keys of these alerts, the open ones locked in the order of their keys. */
export async function knownAlerts(
  tx: TenantTransaction,
  sourceId: string,
  alerts: readonly ReceivedAlert[],
): Promise<(alert: ReceivedAlert) => KnownAlerts> {
  const open = await openAlerts(
    tx,
    sourceId,
    alerts.map((alert) => alert.dedupKey),
  );
  const unopened = alerts.filter((alert) => alert.startsAt && !open.has(alert.dedupKey));
  const last = await lastAlerts(
    tx,
    sourceId,
    unopened.map((alert) => alert.dedupKey),
  );
  return ({ dedupKey }) => ({ open: open.get(dedupKey) ?? null, last: last.get(dedupKey) ?? null });
}

async function openAlerts(tx: TenantTransaction, sourceId: string, keys: readonly string[]) {
  const locked = await tx.sql<{ id: string }>`
    select id from alerts.alert
    where tenant_id = ${tx.tenantId} and source_id = ${sourceId} and dedup_key = any (${keys}::text[]) and status = 'FIRING'
    order by dedup_key for update`;
  return alertsByKey(tx, locked);
}

async function lastAlerts(tx: TenantTransaction, sourceId: string, keys: readonly string[]) {
  if (keys.length === 0) return new Map<string, Alert>();
  const found = await tx.sql<{ id: string }>`
    select last.id from unnest(${keys}::text[]) as wanted (dedup_key) cross join lateral (
      select id from alerts.alert
      where tenant_id = ${tx.tenantId} and source_id = ${sourceId} and alert.dedup_key = wanted.dedup_key
        and status = 'RESOLVED' and starts_at is not null
      order by starts_at desc, id desc limit 1) as last`;
  return alertsByKey(tx, found);
}

async function alertsByKey(tx: TenantTransaction, rows: readonly { id: string }[]) {
  if (rows.length === 0) return new Map<string, Alert>();
  const alerts = await tx.find(Alert, { id: { $in: rows.map(({ id }) => id) } });
  return new Map(alerts.map((alert) => [alert.dedupKey, alert]));
}
