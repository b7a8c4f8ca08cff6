import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";
import { EscalationPath } from "./entities/EscalationPath.ts";

/** A page of the escalation paths, by name. Throws INVALID_ARGUMENT for a page that is none. */
export function listEscalationPaths(db: TenantDatabase, args: PageArgs): Promise<Connection<EscalationPath>> {
  return connection(db, { entity: EscalationPath, args, orderBy: { name: "ASCENDING" } });
}
