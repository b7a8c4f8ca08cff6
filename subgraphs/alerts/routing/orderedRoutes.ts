import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { AlertRoute } from "../entities/AlertRoute.ts";

/** The tenant's routes, in their order. */
export function orderedRoutes(db: TenantDatabase): Promise<AlertRoute[]> {
  return db.find(AlertRoute, {}, { orderBy: { position: "asc", id: "asc" } });
}

/** Writes an order down: positions from 1, without holes. */
export async function writeOrder(
  tx: TenantTransaction,
  routes: readonly AlertRoute[],
): Promise<AlertRoute[]> {
  const ids = routes.map((route) => route.id);
  await tx.sql`
    update alerts.alert_route set position = place
    from unnest(${ids}::uuid[]) with ordinality as ordered (id, place)
    where tenant_id = ${tx.tenantId} and alert_route.id = ordered.id and position <> place`;
  return routes.map((route, index) => ({ ...route, position: index + 1 }));
}

/** The route of this id among them. Throws NOT_FOUND, for another tenant's route alike. */
export function findRoute(routes: readonly AlertRoute[], id: string): AlertRoute {
  const route = routes.find((one) => one.id === id);
  if (!route) throw notFound("alert route", id);
  return route;
}
