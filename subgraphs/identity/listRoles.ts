import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";
import { Role } from "./entities/Role.ts";

/** A page of the roles, by name. Throws INVALID_ARGUMENT for a page that is none. */
export function listRoles(db: TenantDatabase, args: PageArgs): Promise<Connection<Role>> {
  return connection(db, { entity: Role, args, orderBy: { name: "ASCENDING" } });
}
