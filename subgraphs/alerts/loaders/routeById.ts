import { loadOne } from "#shared/loaders/loaders.ts";
import { AlertRoute } from "../entities/AlertRoute.ts";

/** Alert routes by their id. */
export const routeById = loadOne({
  name: "routeById",
  fetch: (db, ids: readonly string[]) => db.find(AlertRoute, { id: { $in: [...ids] } }),
  key: (route) => route.id,
});
