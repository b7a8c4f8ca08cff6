import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { requireAtMost } from "#shared/limits/limits.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { AlertRoute } from "../entities/AlertRoute.ts";
import { limits } from "../limits.ts";

/** The tenant's routes, in their order. */
export function orderedRoutes(db: TenantDatabase): Promise<AlertRoute[]> {
  return db.find(AlertRoute, {}, { orderBy: { position: "asc", id: "asc" } });
}

/** The tenant's routes, in their order, for whoever changes it: those who change it at once take turns. */
export async function lockRoutes(tx: TenantTransaction): Promise<AlertRoute[]> {
  await lockByName(tx, "alert routes");
  return orderedRoutes(tx);
}

/**
 * Throws LIMIT_REACHED when the values of all these routes together are more than alerts may be compared with. Of routes that
 * were too much before, one may still be made smaller.
 */
export function requireComparable(before: readonly AlertRoute[], after: readonly AlertRoute[]): void {
  const count = charactersOf(after);
  if (count > charactersOf(before)) requireAtMost(limits.routeCharacters, count);
}

function charactersOf(routes: readonly AlertRoute[]): number {
  const values = routes.flatMap(({ conditions }) => conditions.flatMap((condition) => condition.values));
  return values.reduce((sum, value) => sum + value.length, 0);
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
