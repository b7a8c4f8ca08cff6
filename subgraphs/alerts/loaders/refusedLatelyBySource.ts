import { loadOne } from "#shared/loaders/loaders.ts";

/** How many requests, and alerts of requests, of sources were refused in the last 24 hours. */
export const refusedLatelyBySource = loadOne({
  name: "refusedLatelyBySource",
  fetch: (db, sourceIds: readonly string[]) => db.sql<{ source_id: string; refused: number }>`
    select source_id, least(sum(times), 2147483647)::int as refused from alerts.refused_request
    where tenant_id = ${db.tenantId} and source_id = any (${sourceIds}::uuid[])
      and received_at > process.now() - interval '24 hours'
    group by source_id`,
  key: (row) => row.source_id,
});
