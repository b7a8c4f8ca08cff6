import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";

/** An alert route and the escalation path it pages along. */
export interface RouteUsingPath {
  id: string;
  name: string;
  pathId: string;
}

/** The routes, disabled ones included, that page along one of these escalation paths, in their order. */
export function findRoutesUsing(
  db: TenantDatabase,
  what: { pathIds: readonly string[] },
): Promise<RouteUsingPath[]> {
  return db.sql<RouteUsingPath>`
    select id, name, action ->> 'escalationPathId' as "pathId" from alerts.alert_route
    where tenant_id = ${db.tenantId} and action ->> 'escalationPathId' = any (${what.pathIds}::text[])
    order by position, id`;
}
