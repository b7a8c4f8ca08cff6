import { loadMany } from "#shared/loaders/loaders.ts";
import { PageTransition } from "../entities/PageTransition.ts";

/** Every move of pages, the oldest first. */
export const transitionsByPage = loadMany({
  name: "transitionsByPage",
  fetch: (db, ids: readonly string[]) =>
    db.find(PageTransition, { pageId: { $in: [...ids] } }, { orderBy: { sortKey: "asc" } }),
  key: (transition) => transition.pageId,
});
