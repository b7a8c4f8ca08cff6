import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { containing } from "#shared/database/where.ts";
import { fragment } from "#shared/database/fragment.ts";
import { connection, type Connection } from "#shared/subgraph/connection.ts";
import { Alert } from "./entities/Alert.ts";
import type { AlertFilter, AlertOrder, QueryAlertsArgs } from "./schema/resolvers.generated.ts";

const columns = { LAST_FIRED_AT: "lastFiredAt", FIRED_AT: "firedAt", PRIORITY: "priorityRank" } as const;

/** A page of alerts, as somebody wants to see them. Throws INVALID_ARGUMENT for a page that is none. */
export function listAlerts(db: TenantDatabase, args: QueryAlertsArgs): Promise<Connection<Alert>> {
  const { filter, orderBy, direction } = args;
  const order: AlertOrder = orderBy ?? "LAST_FIRED_AT";
  return connection(db, {
    entity: Alert,
    args,
    where: whereOf(filter ?? {}),
    also: labelsOf(filter ?? {}),
    orderBy: { [columns[order]]: direction ?? "DESCENDING" },
  });
}

function whereOf({ statuses, priorities, sourceIds, text, firedAfter, firedBefore }: AlertFilter) {
  return {
    ...(statuses && { status: { $in: statuses } }),
    ...(priorities && { priority: { $in: priorities } }),
    ...(sourceIds && { sourceId: { $in: sourceIds } }),
    ...(text && { title: containing(text) }),
    ...((firedAfter || firedBefore) && {
      firedAt: { ...(firedAfter && { $gte: firedAfter }), ...(firedBefore && { $lt: firedBefore }) },
    }),
  };
}

function labelsOf({ labels }: AlertFilter) {
  if (!labels?.length) return undefined;
  const wanted = Object.fromEntries(labels.map(({ name, value }) => [name, value]));
  return fragment`labels @> ${wanted}::jsonb`;
}
