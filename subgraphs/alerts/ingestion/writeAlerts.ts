import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Alert } from "../entities/Alert.ts";
import type { AlertEvent } from "../entities/AlertEvent.ts";

/** How an alert is to be after a message, and the event of it. */
export interface WrittenAlert {
  /** Null for one that is new. */
  id: string | null;
  alert: Omit<Alert, "id" | "tenantId">;
  event: Pick<AlertEvent, "status" | "title" | "payload" | "notes">;
}

/**
 * Writes alerts, no two of one dedup key, and their events. The answer is their ids in the order given; undefined for one that
 * is new here and that somebody else has opened meanwhile: of it nothing is written.
 */
export async function writeAlerts(
  tx: TenantTransaction,
  written: readonly WrittenAlert[],
): Promise<(string | undefined)[]> {
  const records = written.map(({ id, alert, event }, place) => ({
    ...alert,
    place,
    alertId: id,
    eventStatus: event.status,
    eventTitle: event.title,
    payload: event.payload,
    notes: event.notes,
  }));
  const isNew = (record: (typeof records)[number]) => record.alertId === null;
  const inserted = await insertNew(tx, records.filter(isNew));
  await updateKnown(
    tx,
    records.filter((record) => !isNew(record)),
  );
  return written.map(({ id }, place) => id ?? inserted.get(place));
}

async function insertNew(tx: TenantTransaction, records: readonly object[]): Promise<Map<number, string>> {
  if (records.length === 0) return new Map();
  const found = await tx.sql<{ place: number; id: string }>`
    with written as (
      select * from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as written (
        "place" int, "sourceId" uuid, "dedupKey" text, "title" text, "description" text, "status" text, "priority" text,
        "priorityRank" smallint, "labels" jsonb, "sourceUrl" text, "routeId" uuid, "incidentKey" text, "toldSeverity" text,
        "toldPathId" uuid, "firedAt" timestamptz, "lastFiredAt" timestamptz, "resolvedAt" timestamptz,
        "sourceResolvedAt" timestamptz, "startsAt" timestamptz, "endsAt" timestamptz, "lateFirings" jsonb,
        "eventStatus" text, "eventTitle" text, "payload" jsonb, "notes" jsonb)
    ), opened as (
      insert into alerts.alert (tenant_id, source_id, dedup_key, title, description, status, priority, priority_rank, labels,
        source_url, route_id, incident_key, told_severity, told_path_id, fired_at, last_fired_at, resolved_at,
        source_resolved_at, starts_at, ends_at, late_firings)
      select ${tx.tenantId}::uuid, "sourceId", "dedupKey", "title", "description", "status", "priority", "priorityRank",
        "labels", "sourceUrl", "routeId", "incidentKey", "toldSeverity", "toldPathId", "firedAt", "lastFiredAt",
        "resolvedAt", "sourceResolvedAt", "startsAt", "endsAt", "lateFirings"
      from written order by "dedupKey"
      on conflict (tenant_id, source_id, dedup_key) where status = 'FIRING' do nothing
      returning id, dedup_key
    ), events as (
      insert into alerts.alert_event (tenant_id, alert_id, status, title, received_at, payload, notes)
      select ${tx.tenantId}::uuid, opened.id, "eventStatus", "eventTitle", process.now(), "payload", "notes"
      from written join opened on dedup_key = "dedupKey"
    )
    select "place", opened.id from written join opened on dedup_key = "dedupKey"`;
  return new Map(found.map(({ place, id }) => [place, id]));
}

async function updateKnown(tx: TenantTransaction, records: readonly object[]): Promise<void> {
  if (records.length === 0) return;
  await tx.sql`
    with written as (
      select * from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as written (
        "alertId" uuid, "title" text, "description" text, "status" text, "priority" text, "priorityRank" smallint,
        "labels" jsonb, "sourceUrl" text, "routeId" uuid, "incidentKey" text, "toldSeverity" text, "toldPathId" uuid,
        "releasedAt" timestamptz, "lastFiredAt" timestamptz, "resolvedAt" timestamptz, "sourceResolvedAt" timestamptz,
        "startsAt" timestamptz, "endsAt" timestamptz, "lateFirings" jsonb, "eventStatus" text, "eventTitle" text,
        "payload" jsonb, "notes" jsonb)
    ), changed as (
      update alerts.alert set title = written."title", description = written."description", status = written."status",
        priority = written."priority", priority_rank = "priorityRank", labels = written."labels", source_url = "sourceUrl",
        route_id = "routeId", incident_key = "incidentKey", told_severity = "toldSeverity", told_path_id = "toldPathId",
        released_at = "releasedAt", last_fired_at = "lastFiredAt", resolved_at = "resolvedAt",
        source_resolved_at = "sourceResolvedAt", starts_at = "startsAt", ends_at = "endsAt", late_firings = "lateFirings"
      from written where alert.tenant_id = ${tx.tenantId} and alert.id = "alertId"
    )
    insert into alerts.alert_event (tenant_id, alert_id, status, title, received_at, payload, notes)
    select ${tx.tenantId}::uuid, "alertId", "eventStatus", "eventTitle", process.now(), "payload", "notes" from written`;
}
