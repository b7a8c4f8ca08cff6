import { loadOne } from "#shared/loaders/loaders.ts";
import { Page } from "../entities/Page.ts";

/** Pages by their id. */
export const pageById = loadOne({
  name: "pageById",
  fetch: (db, ids: readonly string[]) => db.find(Page, { id: { $in: [...ids] } }),
  key: (page) => page.id,
});
