import { loadOne } from "#shared/loaders/loaders.ts";

/** How many characters of what may be large are shown in lists. */
export const SHOWN_IN_LISTS = 4_000;

/** The bodies of refused requests, or of long ones the beginning: no more is read. */
export const bodyStartByRequest = loadOne({
  name: "bodyStartByRequest",
  fetch: (db, ids: readonly string[]) => db.sql<{ id: string; start: string; is_long: boolean }>`
    select id, left(body, ${SHOWN_IN_LISTS}) as start, length(body) > ${SHOWN_IN_LISTS} as is_long
    from alerts.refused_request where tenant_id = ${db.tenantId} and id = any (${ids}::uuid[])`,
  key: (request) => request.id,
});
