import { loadOne } from "#shared/loaders/loaders.ts";
import { SHOWN_IN_LISTS } from "./bodyStartByRequest.ts";

/** The payloads of events, or of long ones the beginning as a text: no more is read. */
export const payloadStartByEvent = loadOne({
  name: "payloadStartByEvent",
  fetch: (db, ids: readonly string[]) => db.sql<{ id: string; payload: unknown; start: string | null }>`
    select id, case when is_long then null else payload end as payload,
      case when is_long then left(payload::text, ${SHOWN_IN_LISTS}) || '…' end as start
    from alerts.alert_event, lateral (select length(payload::text) > ${SHOWN_IN_LISTS} as is_long) as measured
    where tenant_id = ${db.tenantId} and id = any (${ids}::uuid[])`,
  key: (event) => event.id,
});
