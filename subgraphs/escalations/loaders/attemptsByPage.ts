import { loadMany } from "#shared/loaders/loaders.ts";
import { PageAttempt } from "../entities/PageAttempt.ts";

/** The attempts at delivering pages, the first first. */
export const attemptsByPage = loadMany({
  name: "attemptsByPage",
  fetch: (db, ids: readonly string[]) =>
    db.find(PageAttempt, { pageId: { $in: [...ids] } }, { orderBy: { number: "asc" } }),
  key: (attempt) => attempt.pageId,
});
