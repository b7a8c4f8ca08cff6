import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";
import { ApiKey } from "./entities/ApiKey.ts";

/** A page of the API keys, the newest first, revoked ones included. Throws INVALID_ARGUMENT for a page that is none. */
export function listApiKeys(db: TenantDatabase, args: PageArgs): Promise<Connection<ApiKey>> {
  return connection(db, { entity: ApiKey, args, orderBy: { createdAt: "DESCENDING" } });
}
