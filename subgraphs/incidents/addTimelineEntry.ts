import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { timelineAdded } from "#supergraph/events.ts";
import { TimelineEntry, type TimelineEntryKind } from "./entities/TimelineEntry.ts";

/** What a timeline is told. */
export interface NewTimelineEntry {
  incidentId: string;
  kind: TimelineEntryKind;
  message: string;
  /** When it happened; now, when left out. */
  occurredAt?: Temporal.Instant;
  data?: Record<string, unknown>;
}

/** The only way a timeline grows. */
export async function addTimelineEntry(
  tx: TenantTransaction,
  by: Actor,
  { incidentId, kind, message, occurredAt, data }: NewTimelineEntry,
): Promise<TimelineEntry> {
  const entry = await tx.insert(TimelineEntry, {
    incidentId,
    kind,
    message,
    occurredAt: occurredAt ?? (await tx.now()),
    actorId: by.kind === "user" ? by.id : null,
    data: data ?? {},
  });
  await publish(tx, timelineAdded, { incidentId, entryId: entry.id });
  return entry;
}
