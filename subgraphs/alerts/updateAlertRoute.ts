import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireText, requireVersion } from "#supergraph/domainErrors.ts";
import { AlertRoute } from "./entities/AlertRoute.ts";
import { findRoute } from "./routing/orderedRoutes.ts";
import { lockRoutes } from "./rules/lockRoutes.ts";
import { requireComparable } from "./rules/requireComparable.ts";
import { requirePath, type Paths } from "./rules/requirePath.ts";
import { validAction, type RouteActionInput } from "./rules/routeAction.ts";
import { validConditions, type RouteConditionInput } from "./rules/routeConditions.ts";

/** What is to change of a route; what is left out stays. */
export interface AlertRouteChanges {
  name?: string | null | undefined;
  enabled?: boolean | null | undefined;
  conditions?: readonly RouteConditionInput[] | null | undefined;
  action?: RouteActionInput | null | undefined;
}

/** Changes an alert route; it holds from the next alert on. Throws NOT_FOUND, INVALID_ARGUMENT, VERSION_STALE, LIMIT_REACHED. */
export async function updateAlertRoute(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; expectedVersion?: number | null | undefined; changes: AlertRouteChanges },
  paths: Paths,
): Promise<AlertRoute> {
  const { changes } = what;
  if (changes.name != null) requireText("name", changes.name);
  const conditions = changes.conditions && validConditions(changes.conditions);
  const action = changes.action && validAction(changes.action);
  await requirePath(paths, { tenantId: db.tenantId }, action?.escalationPathId ?? null);
  return db.transaction(async (tx) => {
    const routes = await lockRoutes(tx);
    const route = findRoute(routes, what.id);
    requireVersion("alert route", what.expectedVersion, route, {
      by,
      needs: ["AlertRouteRead"],
      shown: { name: route.name, enabled: route.enabled },
    });
    const change = {
      version: route.version + 1,
      name: changes.name ?? route.name,
      enabled: changes.enabled ?? route.enabled,
      conditions: conditions ?? route.conditions,
      action: action ?? route.action,
    };
    requireComparable(
      routes,
      routes.map((one) => (one === route ? { ...route, ...change } : one)),
    );
    await tx.update(AlertRoute, { id: route.id }, change);
    return { ...route, ...change };
  });
}
