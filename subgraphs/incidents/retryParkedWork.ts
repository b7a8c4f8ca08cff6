import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { retryParked, type ParkedWork } from "#shared/process/parkedWork.ts";
import { notFound } from "#supergraph/domainErrors.ts";

/** Has parked work of whichever service tried again at once. The answer is the work as it was. Throws NOT_FOUND. */
export async function retryParkedWork(
  db: TenantDatabase,
  _by: Actor,
  what: { id: string },
): Promise<ParkedWork> {
  return db.transaction(async (tx) => {
    const parked = await retryParked(tx, what.id);
    if (!parked) throw notFound("parked work", what.id);
    return parked;
  });
}
