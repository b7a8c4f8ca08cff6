import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { inUse } from "#supergraph/domainErrors.ts";
import type { AlertRoute } from "./entities/AlertRoute.ts";
import { AlertSource } from "./entities/AlertSource.ts";
import { lockSource } from "./rules/lockSource.ts";
import { orderedRoutes } from "./routing/orderedRoutes.ts";

/**
 * Stops an alert source from accepting anything; its alerts stay. Throws NOT_FOUND, and IN_USE with the routes that are made
 * for it and would take nothing any more.
 */
export async function disableAlertSource(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<AlertSource> {
  return db.transaction(async (tx) => {
    const source = await lockSource(tx, what.id);
    const routes = (await orderedRoutes(tx)).filter((route) => route.enabled && isMadeFor(route, source.id));
    const usedBy = routes.map(({ id, name }) => ({ thing: "alert route", id, name }));
    if (usedBy.length > 0) throw inUse("alert source", source.id, usedBy);
    const disabledAt = source.disabledAt ?? (await tx.now());
    await tx.update(AlertSource, { id: source.id }, { disabledAt });
    return { ...source, disabledAt };
  });
}

function isMadeFor({ conditions }: AlertRoute, sourceId: string): boolean {
  return conditions.some(
    ({ subject, operator, values }) =>
      subject === "SOURCE" && operator === "ONE_OF" && values.length === 1 && values[0] === sourceId,
  );
}
