import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { resync, type Pubsub } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated, timelineAdded } from "#supergraph/events.ts";
import { notFound } from "#supergraph/refusals.ts";
import { Incident } from "./entities/Incident.ts";
import { TimelineEntry } from "./entities/TimelineEntry.ts";

/** The incident's id, each time it changed, and when changes may have been missed, until the signal. Throws NOT_FOUND. */
export async function* followIncident(
  db: TenantDatabase,
  pubsub: Pubsub,
  { id, signal }: { id: string; signal: AbortSignal },
): AsyncGenerator<{ id: string }> {
  const heard = pubsub.subscribe(incidentUpdated, db.tenantId, { signal });
  await requireIncident(db, id);
  for await (const event of heard) {
    if (event === resync || event.incidentId === id) yield { id };
  }
}

/**
 * The ids of the entries that an incident's timeline gets, in order. Where some may have been missed, those that came
 * after the last one told are read and told. Throws NOT_FOUND.
 */
export async function* followTimeline(
  db: TenantDatabase,
  pubsub: Pubsub,
  { incidentId, signal }: { incidentId: string; signal: AbortSignal },
): AsyncGenerator<{ id: string }> {
  const heard = pubsub.subscribe(timelineAdded, db.tenantId, { signal });
  await requireIncident(db, incidentId);
  let last = (await entriesAfter(db, incidentId, "")).at(-1) ?? "";
  for await (const event of heard) {
    if (event !== resync && event.incidentId !== incidentId) continue;
    for (const id of await entriesAfter(db, incidentId, last)) {
      yield { id };
      last = id;
    }
  }
}

// Ids are version 7 uuids: in the order of their making.
async function entriesAfter(db: TenantDatabase, incidentId: string, last: string): Promise<string[]> {
  const where = last ? { incidentId, id: { $gt: last } } : { incidentId };
  return (await db.find(TimelineEntry, where, { orderBy: { id: "asc" } })).map((entry) => entry.id);
}

async function requireIncident(db: TenantDatabase, id: string): Promise<void> {
  if (await db.findOne(Incident, { id })) return;
  throw notFound("incident", id);
}
