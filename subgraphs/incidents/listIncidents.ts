import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { containing } from "#shared/database/where.ts";
import { fragment } from "#shared/database/fragment.ts";
import { connection, type Connection, type ConnectionOptions } from "#shared/subgraph/connection.ts";
import { Incident } from "./entities/Incident.ts";
import type { Severity } from "#supergraph/commands.ts";
import type { StateName } from "./machines/stateNames.ts";
import type { PageArgs, SortDirection } from "#shared/subgraph/page.ts";

const columns = { CREATED_AT: "createdAt", NUMBER: "number", SEVERITY: "severityRank" } as const;

/** Which page of which incidents, and in what order. */
export interface IncidentList extends PageArgs {
  readonly filter?: IncidentFilter | null | undefined;
  readonly orderBy?: keyof typeof columns | null | undefined;
  readonly direction?: SortDirection | null | undefined;
}

/** What a list has: incidents that meet all of it. */
export interface IncidentFilter {
  readonly states?: readonly StateName[] | null | undefined;
  readonly severities?: readonly Severity[] | null | undefined;
  readonly leadId?: string | null | undefined;
  readonly text?: string | null | undefined;
  readonly createdAfter?: Temporal.Instant | null | undefined;
  readonly createdBefore?: Temporal.Instant | null | undefined;
}

/** A page of incidents, as somebody wants to see them. Throws INVALID_ARGUMENT for a page that is none. */
export function listIncidents(db: TenantDatabase, args: IncidentList): Promise<Connection<Incident>> {
  const order = args.orderBy ?? "CREATED_AT";
  const orderBy = { [columns[order]]: args.direction ?? "DESCENDING" };
  return connection(db, { ...incidentsMatching(db, args.filter), args, orderBy });
}

/** The incidents that match a filter; all of them when there is none. */
export function incidentsMatching(
  db: TenantDatabase,
  filter: IncidentFilter | null | undefined,
): ConnectionOptions<Incident> {
  return { entity: Incident, where: whereOf(filter ?? {}), also: inStates(db, filter ?? {}) };
}

function whereOf({ severities, leadId, text, createdAfter, createdBefore }: IncidentFilter) {
  return {
    ...(severities && { severity: { $in: severities } }),
    ...(leadId != null && { leadId }),
    ...(text && { $or: [{ title: containing(text) }, { summary: containing(text) }] }),
    ...((createdAfter || createdBefore) && {
      createdAt: {
        ...(createdAfter && { $gte: createdAfter }),
        ...(createdBefore && { $lt: createdBefore }),
      },
    }),
  };
}

function inStates({ tenantId }: TenantDatabase, { states }: IncidentFilter) {
  if (!states) return undefined;
  const wanted = states.map((state) => state.toLowerCase());
  return fragment`id in (
    select incident_id from incidents.incident_transition
    where tenant_id = ${tenantId} and most_recent and to_state = any (${wanted}))`;
}
