import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { discardParked, type ParkedWork } from "#shared/process/parkedWork.ts";
import { notFound } from "#supergraph/domainErrors.ts";

/** What a parked command asked is never done. The answer is the work as it was. Throws NOT_FOUND, for a process too. */
export async function discardParkedWork(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<ParkedWork> {
  return db.transaction(async (tx) => {
    const parked = await discardParked(tx, what.id);
    if (!parked) throw notFound("parked command", what.id);
    return parked;
  });
}
