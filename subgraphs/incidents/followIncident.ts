import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { resync, type Pubsub } from "#shared/pubsub/pubsub.ts";
import { incidentUpdated, timelineAdded } from "#supergraph/events.ts";
import { notFound } from "#supergraph/domainErrors.ts";
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
 * The ids of the entries that an incident's timeline gets from now on, in the order in which they are told. Where some may have been
 * missed, those that came after the last one told are read, a portion at a time, and told. Throws NOT_FOUND.
 */
export async function* followTimeline(
  db: TenantDatabase,
  pubsub: Pubsub,
  { incidentId, signal }: { incidentId: string; signal: AbortSignal },
): AsyncGenerator<{ id: string }> {
  const heard = pubsub.subscribe(timelineAdded, db.tenantId, { signal });
  await requireIncident(db, incidentId);
  // What came before this is told, or was there before; of what came since, what is told is known by its id.
  let start = await newestEntry(db, incidentId);
  const told = new Set<string>();
  for await (const event of heard) {
    if (event !== resync && event.incidentId !== incidentId) continue;
    const fresh = event === resync ? entriesAfter(db, incidentId, start) : [event.entryId];
    for await (const id of fresh) {
      if (told.has(id)) continue;
      yield { id };
      told.add(id);
      if (told.size > MOST_TOLD) start = forgetFirst(told);
    }
  }
}

function forgetFirst(told: Set<string>): string {
  const first = told.values().next().value as string;
  told.delete(first);
  return first;
}

const PORTION = 100;
const MOST_TOLD = 1_000;

async function newestEntry(db: TenantDatabase, incidentId: string): Promise<string> {
  const [newest] = await db.find(TimelineEntry, { incidentId }, { orderBy: { id: "desc" }, limit: 1 });
  return newest?.id ?? "";
}

// Ids are version 7 uuids: in the order of their making.
async function* entriesAfter(db: TenantDatabase, incidentId: string, last: string): AsyncGenerator<string> {
  for (let after = last; ;) {
    const where = after ? { incidentId, id: { $gt: after } } : { incidentId };
    const portion = await db.find(TimelineEntry, where, { orderBy: { id: "asc" }, limit: PORTION });
    for (const { id } of portion) yield id;
    if (portion.length < PORTION) return;
    after = portion.at(-1)!.id;
  }
}

async function requireIncident(db: TenantDatabase, id: string): Promise<void> {
  if (await db.findOne(Incident, { id })) return;
  throw notFound("incident", id);
}
