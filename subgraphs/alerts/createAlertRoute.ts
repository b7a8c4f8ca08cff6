import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireAtMost } from "#shared/limits/limits.ts";
import { requireText } from "#supergraph/domainErrors.ts";
import { AlertRoute } from "./entities/AlertRoute.ts";
import { limits } from "./limits.ts";
import { writeOrder } from "./routing/orderedRoutes.ts";
import { lockRoutes } from "./rules/lockRoutes.ts";
import { requireComparable } from "./rules/requireComparable.ts";
import { requirePath, type Paths } from "./rules/requirePath.ts";
import { validAction, type RouteActionInput } from "./rules/routeAction.ts";
import { validConditions, type RouteConditionInput } from "./rules/routeConditions.ts";

/** A route as somebody says it. */
export interface NewAlertRoute {
  name: string;
  /** From 1; last when left out. */
  position?: number | null | undefined;
  conditions: readonly RouteConditionInput[];
  action: RouteActionInput;
}

/**
 * Creates an alert route at its place in the order. Throws INVALID_ARGUMENT for a condition or action that means nothing,
 * NOT_FOUND for an escalation path that is not of this tenant, LIMIT_REACHED for too many routes or values.
 */
export async function createAlertRoute(
  db: TenantDatabase,
  by: Actor,
  what: NewAlertRoute,
  paths: Paths,
): Promise<AlertRoute> {
  const { name } = what;
  requireText("name", name);
  const [conditions, action] = [validConditions(what.conditions), validAction(what.action)];
  await requirePath(paths, { tenantId: db.tenantId }, action.escalationPathId);
  return db.transaction(async (tx) => {
    const routes = await lockRoutes(tx);
    requireAtMost(limits.routes, routes.length + 1);
    const place = Math.min(Math.max(what.position ?? Infinity, 1), routes.length + 1);
    const route = await tx.insert(AlertRoute, { name, conditions, action, enabled: true, position: place });
    requireComparable(routes, [...routes, route]);
    const ordered = await writeOrder(tx, routes.toSpliced(place - 1, 0, route));
    return ordered[place - 1]!;
  });
}
