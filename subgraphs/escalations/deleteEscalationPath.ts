import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { inUse } from "#supergraph/domainErrors.ts";
import { EscalationPath } from "./entities/EscalationPath.ts";
import { lockPath } from "./rules/lockPath.ts";
import type { Routes } from "./services.ts";

/**
 * Deletes an escalation path; escalations that run keep theirs. Throws NOT_FOUND, and IN_USE with the alert routes that page
 * along it.
 */
export async function deleteEscalationPath(
  db: TenantDatabase,
  by: Actor,
  what: { id: string },
  routes: Routes,
): Promise<string> {
  const caller = { tenantId: db.tenantId };
  const using = await routes.findRoutesUsing({ pathIds: [what.id] }, caller);
  return db.transaction(async (tx) => {
    const { id } = await lockPath(tx, what.id);
    const usedBy = using.routes.map((route) => ({ thing: "alert route", id: route.id, name: route.name }));
    if (usedBy.length > 0) throw inUse("escalation path", id, usedBy);
    await tx.delete(EscalationPath, { id });
    return id;
  });
}
