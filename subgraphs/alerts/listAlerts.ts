import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { containing } from "#shared/database/where.ts";
import { allOf, fragment } from "#shared/database/fragment.ts";
import { connection, type Connection, type ConnectionOptions } from "#shared/subgraph/connection.ts";
import type { Actor } from "#shared/subgraph/actor.ts";
import type { IncidentStateName } from "#supergraph/commands.ts";
import { requirePermissions } from "#supergraph/domainErrors.ts";
import { Alert } from "./entities/Alert.ts";
import type { PageArgs, SortDirection } from "#shared/subgraph/page.ts";

const columns = { LAST_FIRED_AT: "lastFiredAt", FIRED_AT: "firedAt", PRIORITY: "priorityRank" } as const;

/** Which page of which alerts, and in what order. */
export interface AlertList extends PageArgs {
  readonly filter?: AlertFilter | null | undefined;
  readonly orderBy?: keyof typeof columns | null | undefined;
  readonly direction?: SortDirection | null | undefined;
}

/** What a list has: alerts that meet all of it. */
export interface AlertFilter {
  readonly statuses?: readonly Alert["status"][] | null | undefined;
  readonly priorities?: readonly NonNullable<Alert["priority"]>[] | null | undefined;
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly incidentStates?: readonly IncidentStateName[] | null | undefined;
  readonly hasIncident?: boolean | null | undefined;
  readonly text?: string | null | undefined;
  readonly labels?: readonly { readonly name: string; readonly value: string }[] | null | undefined;
  readonly firedAfter?: Temporal.Instant | null | undefined;
  readonly firedBefore?: Temporal.Instant | null | undefined;
}

/**
 * A page of alerts, as somebody wants to see them. Throws INVALID_ARGUMENT for a page that is none, PERMISSION_DENIED where the filter is
 * about incidents that they may not read.
 */
export async function listAlerts(db: TenantDatabase, by: Actor, args: AlertList): Promise<Connection<Alert>> {
  const order = args.orderBy ?? "LAST_FIRED_AT";
  const orderBy = { [columns[order]]: args.direction ?? "DESCENDING" };
  return connection(db, { ...alertsMatching(db, by, args.filter), args, orderBy });
}

/** The alerts that match a filter; all of them when there is none. Throws PERMISSION_DENIED where it is about incidents that they may not read. */
export function alertsMatching(
  db: TenantDatabase,
  by: Actor,
  filter: AlertFilter | null | undefined,
): ConnectionOptions<Alert> {
  const wanted = filter ?? {};
  return {
    entity: Alert,
    where: whereOf(wanted),
    also: allOf([labelsOf(wanted), inIncidentStates(db, by, wanted)]),
  };
}

function whereOf({
  statuses,
  priorities,
  sourceIds,
  hasIncident,
  text,
  firedAfter,
  firedBefore,
}: AlertFilter) {
  return {
    ...(statuses && { status: { $in: statuses } }),
    ...(priorities && { priority: { $in: priorities } }),
    ...(sourceIds && { sourceId: { $in: sourceIds } }),
    ...(hasIncident != null && { incidentKey: hasIncident ? { $ne: null } : null }),
    ...(text && { title: containing(text) }),
    ...((firedAfter || firedBefore) && {
      firedAt: { ...(firedAfter && { $gte: firedAfter }), ...(firedBefore && { $lt: firedBefore }) },
    }),
  };
}

function labelsOf({ labels }: AlertFilter) {
  return allOf((labels ?? []).map(({ name, value }) => fragment`labels @> ${{ [name]: value }}::jsonb`));
}

function inIncidentStates({ tenantId }: TenantDatabase, by: Actor, { incidentStates }: AlertFilter) {
  if (!incidentStates) return undefined;
  requirePermissions(by, ["IncidentRead"], "alerts by the states of incidents");
  return fragment`id in (
    select alert_id from alerts.alert_incident
    where tenant_id = ${tenantId} and state = any (${incidentStates}::text[]))`;
}
