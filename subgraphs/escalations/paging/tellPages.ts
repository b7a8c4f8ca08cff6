import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { publishAll } from "#shared/pubsub/pubsub.ts";
import { pagesUpdated } from "#supergraph/events.ts";
import type { Page } from "../entities/Page.ts";

/** Tells whoever follows the pages to them that these came to be, or came into another state; it costs no statement. */
export async function tellPages(
  tx: TenantTransaction,
  pages: readonly Pick<Page, "id" | "userId">[],
): Promise<void> {
  const told = pages.map(({ id: pageId, userId }) => ({ pageId, userId }));
  await publishAll(tx, pagesUpdated, told);
}
