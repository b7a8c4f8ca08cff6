import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { AlertRoute } from "./entities/AlertRoute.ts";
import { findRoute, writeOrder } from "./routing/orderedRoutes.ts";
import { lockRoutes } from "./rules/lockRoutes.ts";

/** Deletes a route; the answer is those that are left, in their order. Throws NOT_FOUND. */
export async function deleteAlertRoute(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<{ deletedAlertRouteId: string; alertRoutes: AlertRoute[] }> {
  return db.transaction(async (tx) => {
    const routes = await lockRoutes(tx);
    const { id } = findRoute(routes, what.id);
    await tx.delete(AlertRoute, { id });
    const others = routes.filter((route) => route.id !== id);
    return { deletedAlertRouteId: id, alertRoutes: await writeOrder(tx, others) };
  });
}
