import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { timelineAdded } from "#supergraph/events.ts";
import type { TimelineEntry, TimelineEntryKind } from "../entities/TimelineEntry.ts";

/** What a timeline is told. */
export interface NewTimelineEntry {
  incidentId: string;
  kind: TimelineEntryKind;
  message: string;
  /** When it happened; this very moment, when left out. */
  occurredAt?: Temporal.Instant;
  data?: Record<string, unknown>;
}

/**
 * The only way a timeline grows. Whoever calls has the incident locked: then the entries of each incident come in the order of
 * happening, those of one transaction in the order of telling, and their ids in the order of committing.
 */
export async function addTimelineEntry(
  tx: TenantTransaction,
  by: Actor,
  { incidentId, kind, message, occurredAt, data = {} }: NewTimelineEntry,
): Promise<TimelineEntry> {
  const actorId = by.kind === "user" ? by.id : null;
  // Not when the transaction began: it may have waited for the incident while another, which began later, was quicker.
  const [added] = await tx.sql<{ id: string; occurred_at: Temporal.Instant }>`
    insert into incidents.timeline_entry (tenant_id, incident_id, kind, message, occurred_at, actor_id, data)
    values (${tx.tenantId}, ${incidentId}, ${kind}, ${message},
      coalesce(${occurredAt ?? null}::timestamptz, process.now() + (clock_timestamp() - now())), ${actorId}, ${data})
    returning id, occurred_at`;
  const { id, occurred_at: at } = added!;
  await publish(tx, timelineAdded, { incidentId, entryId: id });
  return { id, tenantId: tx.tenantId, incidentId, kind, message, occurredAt: at, actorId, data };
}
