import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { ParkedWork } from "#shared/process/parkedWork.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";

/** A page of what keeps failing in any service, newest first. Throws INVALID_ARGUMENT for a page that is none. */
export function listParkedWork(db: TenantDatabase, args: PageArgs): Promise<Connection<ParkedWork>> {
  return connection(db, { entity: ParkedWork, args, orderBy: { since: "DESCENDING" } });
}
