import { loadOne } from "#shared/loaders/loaders.ts";

/** When sources last sent an alert that fired. */
export const lastReceivedBySource = loadOne({
  name: "lastReceivedBySource",
  fetch: (db, sourceIds: readonly string[]) => db.sql<{ source_id: string; last: Temporal.Instant }>`
    select source_id, max(last_fired_at) as last from alerts.alert
    where tenant_id = ${db.tenantId} and source_id = any (${sourceIds}::uuid[]) group by source_id`,
  key: (row) => row.source_id,
});
