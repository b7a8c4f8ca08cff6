import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";

/** The escalation paths with a level that pages any of these schedules or users, by name; all of them when the limit is 0 or less. */
export function findPathsUsing(
  db: TenantDatabase,
  what: { scheduleIds: readonly string[]; userIds: readonly string[]; limit: number },
): Promise<{ id: string; name: string }[]> {
  return db.sql<{ id: string; name: string }>`
    select id, name from escalations.escalation_path
    where tenant_id = ${db.tenantId} and exists (
      select from jsonb_array_elements(levels) as level
      where level -> 'scheduleIds' ?| ${what.scheduleIds} or level -> 'userIds' ?| ${what.userIds})
    order by name
    limit nullif(greatest(${what.limit}::int, 0), 0)`;
}
