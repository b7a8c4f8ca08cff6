import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { containing } from "#shared/database/where.ts";
import { fragment } from "#shared/database/fragment.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import { Incident } from "./entities/Incident.ts";
import type { IncidentFilter, IncidentOrder, QueryIncidentsArgs } from "./schema/resolvers.generated.ts";

const columns = { CREATED_AT: "createdAt", NUMBER: "number", SEVERITY: "severityRank" } as const;

/** A page of incidents, as somebody wants to see them. Throws INVALID_ARGUMENT for a page that is none. */
export function listIncidents(db: TenantDatabase, args: QueryIncidentsArgs): Promise<Connection<Incident>> {
  const filter = args.filter ?? {};
  const order: IncidentOrder = args.orderBy ?? "CREATED_AT";
  return connection(db, {
    entity: Incident,
    args,
    where: whereOf(filter),
    also: inStates(db, filter),
    orderBy: { [columns[order]]: args.direction ?? "DESCENDING" },
  });
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
