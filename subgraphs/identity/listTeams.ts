import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { containing } from "#shared/database/where.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import { Team } from "./entities/Team.ts";
import type { PageArgs } from "#shared/subgraph/page.ts";

/** Which page of which teams. */
export interface TeamList extends PageArgs {
  readonly text?: string | null | undefined;
}

/** A page of teams, by name. Throws INVALID_ARGUMENT for a page that is none. */
export function listTeams(db: TenantDatabase, args: TeamList): Promise<Connection<Team>> {
  const where = args.text ? { name: containing(args.text) } : {};
  return connection(db, { entity: Team, args, where, orderBy: { name: "ASCENDING" } });
}
