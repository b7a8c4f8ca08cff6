import { loadMany } from "#shared/loaders/loaders.ts";
import { Page } from "../entities/Page.ts";

/** The pages of escalations, in the order in which they were decided. */
export const pagesByEscalation = loadMany({
  name: "pagesByEscalation",
  fetch: (db, ids: readonly string[]) =>
    db.find(Page, { escalationId: { $in: [...ids] } }, { orderBy: { id: "asc" } }),
  key: (page) => page.escalationId,
});
