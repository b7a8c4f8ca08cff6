import { loadOne } from "#shared/loaders/loaders.ts";
import { Override } from "../entities/Override.ts";

/** Overrides by their id. */
export const overrideById = loadOne({
  name: "overrideById",
  fetch: (db, ids: readonly string[]) => db.find(Override, { id: { $in: [...ids] } }),
  key: (override) => override.id,
});
