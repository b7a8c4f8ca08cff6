import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { resync } from "#shared/pubsub/pubsub.ts";
import { matchingRows, type ConnectionOptions } from "./connection.ts";

/** That some things changed; or that changes may have been missed, and lists are to be fetched again. */
export interface Changes {
  readonly ids: readonly string[];
  readonly mayHaveMissed: boolean;
}

/**
 * Which things changed, at most 20 at a time, each once however often it did meanwhile. First, when events may have been missed,
 * and when more changed than is told one by one, it says that changes may have been missed.
 */
export async function* followChanges<Payload>(
  heard: AsyncIterable<readonly (Payload | typeof resync)[]>,
  idsOf: (event: Payload) => readonly string[],
): AsyncGenerator<Changes> {
  for await (const events of heard) {
    const told = events.filter((event): event is Payload => event !== resync);
    const ids = [...new Set(told.flatMap((event) => idsOf(event)))];
    if (told.length < events.length || ids.length > MOST_IDS) yield { ids: [], mayHaveMissed: true };
    else yield* inPortions(ids);
  }
}

/** How many things a list is told of at a time. */
const PORTION = 20;
const MOST_IDS = 1_000;

function* inPortions(ids: readonly string[]): Generator<Changes> {
  for (let from = 0; from < ids.length; from += PORTION)
    yield { ids: ids.slice(from, from + PORTION), mayHaveMissed: false };
}

/** What becomes of a list: which things that changed it has, as they are now, and which it has not, or no more. */
export interface ListChanges<Row> {
  readonly matching: Row[];
  readonly notMatchingIds: string[];
  readonly mayHaveMissed: boolean;
}

/** What becomes of a list by changes: one statement, and none when they may have been missed. */
export async function applyToList<Row extends { id: string }>(
  db: TenantDatabase,
  list: ConnectionOptions<Row>,
  { ids, mayHaveMissed }: Changes,
): Promise<ListChanges<Row>> {
  const matching = ids.length > 0 ? await matchingRows(db, list, ids) : [];
  const matched = new Set(matching.map(({ id }) => id));
  return { matching, notMatchingIds: ids.filter((id) => !matched.has(id)), mayHaveMissed };
}
