import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";
import { AlertRoute } from "./entities/AlertRoute.ts";

/** A page of the alert routes, in their order. Throws INVALID_ARGUMENT for a page that is none. */
export function listAlertRoutes(db: TenantDatabase, args: PageArgs): Promise<Connection<AlertRoute>> {
  return connection(db, { entity: AlertRoute, args, orderBy: { position: "ASCENDING" } });
}
