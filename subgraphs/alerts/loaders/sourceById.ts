import { loadOne } from "#shared/loaders/loaders.ts";
import { AlertSource } from "../entities/AlertSource.ts";

/** Alert sources by their id. */
export const sourceById = loadOne({
  name: "sourceById",
  fetch: (db, ids: readonly string[]) => db.find(AlertSource, { id: { $in: [...ids] } }),
  key: (source) => source.id,
});
