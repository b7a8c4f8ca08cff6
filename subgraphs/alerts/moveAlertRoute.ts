import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#supergraph/errors.ts";
import type { AlertRoute } from "./entities/AlertRoute.ts";
import { findRoute, writeOrder } from "./routing/orderedRoutes.ts";
import { lockRoutes } from "./rules/lockRoutes.ts";

/** Moves a route to another place in the order, from 1; the others close up. Throws NOT_FOUND, INVALID_ARGUMENT. */
export async function moveAlertRoute(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string; position: number },
): Promise<{ alertRoute: AlertRoute; alertRoutes: AlertRoute[] }> {
  return db.transaction(async (tx) => {
    const routes = await lockRoutes(tx);
    const route = findRoute(routes, what.id);
    if (what.position < 1 || what.position > routes.length) {
      const reason = `must be from 1 to ${routes.length}`;
      throw exposed("INVALID_ARGUMENT", `position ${what.position}`, { argument: "position", reason });
    }
    const others = routes.filter((one) => one.id !== route.id);
    const alertRoutes = await writeOrder(tx, others.toSpliced(what.position - 1, 0, route));
    return { alertRoute: findRoute(alertRoutes, route.id), alertRoutes };
  });
}
