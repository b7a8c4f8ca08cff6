import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Load } from "#shared/loaders/loaders.ts";
import type { Pubsub } from "#shared/pubsub/pubsub.ts";
import { followChanges, type Changes } from "#shared/subgraph/followList.ts";
import { exposed } from "#supergraph/errors.ts";
import { pagesUpdated } from "#supergraph/events.ts";
import { Page } from "./entities/Page.ts";
import { pageById } from "./loaders/pageById.ts";

/** Which of the pages to a person change, until the signal. Throws PERMISSION_DENIED for whoever is nobody to be paged. */
export async function* followPages(
  db: TenantDatabase,
  by: Actor,
  { pubsub, signal }: { pubsub: Pubsub; signal: AbortSignal },
): AsyncGenerator<Changes> {
  if (by.kind !== "user")
    throw exposed("PERMISSION_DENIED", `${by.kind} follows its pages`, { permissions: [] });
  const heard = pubsub.subscribeInBatches(pagesUpdated, db.tenantId, { signal });
  yield* followChanges(heard, (pages) =>
    pages.flatMap(({ pageId, userId }) => (userId === by.id ? [pageId] : [])),
  );
}

/** Pages that changed. */
export interface PageChanges {
  readonly pages: Page[];
  readonly mayHaveMissed: boolean;
}

/** The pages that changed, as they are; a person's latest when changes may have been missed. */
export async function presentPages(
  { db, load }: { db: TenantDatabase; load: Load },
  by: Actor,
  { ids, mayHaveMissed }: Changes,
): Promise<PageChanges> {
  if (mayHaveMissed) return { pages: await latestPages(db, by.id), mayHaveMissed };
  const found = await Promise.all(ids.map((id) => load(pageById, id)));
  return { pages: found.filter((page) => page !== null), mayHaveMissed };
}

const MOST_PAGES = 20;

async function latestPages(db: TenantDatabase, userId: string): Promise<Page[]> {
  const from = firstIdOf((await db.now()).subtract({ hours: 24 }));
  return db.find(Page, { userId, id: { $gte: from } }, { orderBy: { id: "desc" }, limit: MOST_PAGES });
}

// Ids are version 7 uuids, which begin with the millisecond of their making: those of one day are a range of the primary key.
function firstIdOf({ epochMilliseconds }: Temporal.Instant): string {
  const time = epochMilliseconds.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
