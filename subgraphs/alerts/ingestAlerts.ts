import { createHash } from "node:crypto";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { sendAll } from "#shared/process/commands.ts";
import { openIncident, settleAlert } from "#supergraph/commands.ts";
import type { AlertRoute } from "./entities/AlertRoute.ts";
import { priorityRank, type ReceivedAlert } from "./readPayload.ts";
import { routeAlert, type Routing } from "./routeAlert.ts";

/** Where alerts come from, and the routes that decide where they lead. */
export interface Origin {
  sourceId: string;
  /** In their order. */
  routes: readonly AlertRoute[];
}

/**
 * The only way in for alerts, all of them or none. One that fires while it is open is the same alert with one more event;
 * one that fires after it was resolved is a new one and is routed; one that is resolved tells the incident it led to. The
 * answer is the alerts' ids in the order given; resolving an alert that is not open creates nothing and has no id.
 */
export async function ingestAlerts(
  tx: TenantTransaction,
  origin: Origin,
  alerts: readonly ReceivedAlert[],
): Promise<string[]> {
  const ids = new Map<ReceivedAlert, string>();
  for (const round of rounds(alerts)) {
    const { FIRING: firing = [], RESOLVED: resolved = [] } = Object.groupBy(round, (alert) => alert.status);
    for (const [alert, id] of await fire(tx, origin, firing)) ids.set(alert, id);
    for (const [alert, id] of await resolve(tx, origin, resolved)) ids.set(alert, id);
  }
  return alerts.flatMap((alert) => ids.get(alert) ?? []);
}

// A payload may speak of the same alert more than once. Each time belongs to a round of its own, and rounds follow each
// other; within one, alerts are sorted, so that two payloads at once lock them in the same order.
function rounds(alerts: readonly ReceivedAlert[]): ReceivedAlert[][] {
  const seen = new Map<string, number>();
  const found: ReceivedAlert[][] = [];
  for (const alert of alerts) {
    const round = seen.get(alert.dedupKey) ?? 0;
    seen.set(alert.dedupKey, round + 1);
    (found[round] ??= []).push(alert);
  }
  return found.map((round) => round.sort((one, other) => (one.dedupKey < other.dedupKey ? -1 : 1)));
}

async function fire(tx: TenantTransaction, origin: Origin, alerts: readonly ReceivedAlert[]) {
  if (alerts.length === 0) return new Map<ReceivedAlert, string>();
  const routings = alerts.map((alert) => routeAlert(origin.routes, origin.sourceId, alert));
  const incidentKeys = alerts.map((alert, index) => incidentKey(origin, alert, routings[index]!));
  const column = <Name extends keyof ReceivedAlert>(name: Name) => alerts.map((alert) => alert[name]);
  const rows = await tx.sql<{ id: string; place: number; is_new: boolean }>`
    with received as (
      select * from unnest(
        ${column("dedupKey")}::text[], ${column("title")}::text[], ${column("description")}::text[],
        ${column("priority")}::text[], ${alerts.map((alert) => priorityRank(alert.priority))}::smallint[],
        ${alerts.map((alert) => JSON.stringify(alert.labels))}::jsonb[], ${column("sourceUrl")}::text[],
        ${alerts.map((alert) => JSON.stringify(alert.payload))}::jsonb[],
        ${routings.map((routing) => routing?.route.id ?? null)}::uuid[], ${incidentKeys}::text[]
      ) with ordinality as received (dedup_key, title, description, priority, priority_rank, labels, source_url, payload,
        route_id, incident_key, place)
    ), known as (
      insert into alerts.alert (tenant_id, source_id, dedup_key, title, description, status, priority, priority_rank,
        labels, source_url, route_id, incident_key, fired_at, last_fired_at)
      select ${tx.tenantId}::uuid, ${origin.sourceId}::uuid, dedup_key, title, description, 'FIRING', priority,
        priority_rank, labels, source_url, route_id, incident_key, process.now(), process.now()
      from received order by dedup_key
      on conflict (tenant_id, source_id, dedup_key) where status = 'FIRING' do update set
        title = excluded.title, description = excluded.description, priority = excluded.priority,
        priority_rank = excluded.priority_rank, labels = excluded.labels, source_url = excluded.source_url,
        last_fired_at = excluded.last_fired_at
      returning id, dedup_key, xmax = 0 as is_new
    ), events as (
      insert into alerts.alert_event (tenant_id, alert_id, status, title, received_at, payload)
      select ${tx.tenantId}::uuid, known.id, 'FIRING', title, process.now(), payload
      from known join received using (dedup_key)
    )
    select known.id, place, is_new from known join received using (dedup_key)`;
  const opening = rows.flatMap(({ id, place, is_new: isNew }) => {
    const [alert, routing, key] = [alerts[place - 1]!, routings[place - 1], incidentKeys[place - 1]];
    return isNew && routing && key ? [{ key, payload: opened(id, origin, alert, routing) }] : [];
  });
  const firedAt = (await tx.now()).toString();
  await sendAll(
    tx,
    openIncident,
    opening.map(({ key, payload }) => ({ key, payload: { ...payload, firedAt } })),
  );
  return new Map(rows.map(({ id, place }) => [alerts[place - 1]!, id]));
}

// Whatever incidents are told under the same key is done in the order of telling: an alert opens its incident before it is
// settled there.
function incidentKey({ sourceId }: Origin, alert: ReceivedAlert, routing: Routing | null): string | null {
  if (!routing?.route.action.openIncident) return null;
  return routing.groupKey ?? JSON.stringify([sourceId, alert.dedupKey]);
}

function opened(
  alertId: string,
  { sourceId }: Origin,
  alert: ReceivedAlert,
  { route, severity, groupKey }: Routing,
) {
  const { escalationPathId, resolveWithAlerts, groupWindowSeconds: windowSeconds } = route.action;
  const group = groupKey === null ? null : { key: groupKey, windowSeconds };
  const { title, description: summary } = alert;
  const alertKey = createHash("sha256")
    .update(JSON.stringify([sourceId, alert.dedupKey]))
    .digest("hex");
  const again = { repage: "ON_RISE", dampingSeconds: 0 } as const;
  return {
    alertId,
    alertKey,
    title,
    summary,
    severity,
    group,
    escalationPathId,
    resolveWithAlerts,
    ...again,
  };
}

async function resolve(tx: TenantTransaction, { sourceId }: Origin, alerts: readonly ReceivedAlert[]) {
  if (alerts.length === 0) return new Map<ReceivedAlert, string>();
  const rows = await tx.sql<{ id: string; place: number; incident_key: string | null }>`
    with received as (
      select * from unnest(
        ${alerts.map((alert) => alert.dedupKey)}::text[], ${alerts.map((alert) => alert.title)}::text[],
        ${alerts.map((alert) => JSON.stringify(alert.payload))}::jsonb[]
      ) with ordinality as received (dedup_key, title, payload, place)
    ), known as (
      update alerts.alert set status = 'RESOLVED', resolved_at = process.now()
      from received
      where alert.tenant_id = ${tx.tenantId} and source_id = ${sourceId} and alert.dedup_key = received.dedup_key
        and status = 'FIRING'
      returning alert.id, place, incident_key
    ), events as (
      insert into alerts.alert_event (tenant_id, alert_id, status, title, received_at, payload)
      select ${tx.tenantId}::uuid, known.id, 'RESOLVED', title, process.now(), payload
      from known join received using (place)
    )
    select id, place, incident_key from known`;
  const resolvedAt = (await tx.now()).toString();
  const settled = rows.flatMap(({ id: alertId, incident_key: key }) =>
    key === null ? [] : [{ key, payload: { alertId, resolvedAt, userId: null } }],
  );
  await sendAll(tx, settleAlert, settled);
  return new Map(rows.map(({ id, place }) => [alerts[place - 1]!, id]));
}
