import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";
import { AlertSource } from "./entities/AlertSource.ts";

/** A page of the alert sources, by name. Throws INVALID_ARGUMENT for a page that is none. */
export function listAlertSources(db: TenantDatabase, args: PageArgs): Promise<Connection<AlertSource>> {
  return connection(db, { entity: AlertSource, args, orderBy: { name: "ASCENDING" } });
}
