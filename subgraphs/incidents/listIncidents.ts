import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { connection, type Connection, type ConnectionOptions } from "#shared/subgraph/connection.ts";
import type { PageArgs, SortDirection } from "#shared/subgraph/page.ts";
import { Incident } from "./entities/Incident.ts";
import { conditionOf, whereOf, type IncidentFilter } from "./filter/incidentFilter.ts";
import { pathsOfTeams, type FilterServices } from "./filter/pathsOfTeams.ts";

const columns = { CREATED_AT: "createdAt", NUMBER: "number", SEVERITY: "severityRank" } as const;

/** Which page of which incidents, and in what order. */
export interface IncidentList extends PageArgs {
  readonly filter?: IncidentFilter | null | undefined;
  readonly orderBy?: keyof typeof columns | null | undefined;
  readonly direction?: SortDirection | null | undefined;
}

/**
 * A page of incidents, as somebody wants to see them. Throws INVALID_ARGUMENT for a page that is none, and whatever
 * `incidentsMatching` does.
 */
export async function listIncidents(
  db: TenantDatabase,
  by: Actor,
  args: IncidentList,
  services: FilterServices,
): Promise<Connection<Incident>> {
  const order = args.orderBy ?? "CREATED_AT";
  const orderBy = { [columns[order]]: args.direction ?? "DESCENDING" };
  return connection(db, { ...(await incidentsMatching(db, by, args.filter, services)), args, orderBy });
}

/**
 * The incidents that match a filter; all of them when there is none. Throws INVALID_ARGUMENT where a machine asks for its own,
 * PERMISSION_DENIED where the filter is about alerts that they may not read, SERVICE_UNAVAILABLE when it is about teams and it cannot
 * be asked who is paged for them.
 */
export async function incidentsMatching(
  db: TenantDatabase,
  by: Actor,
  filter: IncidentFilter | null | undefined,
  services: FilterServices,
): Promise<ConnectionOptions<Incident>> {
  const wanted = filter ?? {};
  const { tenantId } = db;
  const teamPathIds = wanted.teamIds ? await pathsOfTeams(services, { tenantId }, wanted.teamIds) : [];
  const also = conditionOf(wanted, { by, tenantId, teamPathIds });
  return { entity: Incident, where: whereOf(wanted), also };
}
