import { loadOne } from "#shared/loaders/loaders.ts";
import { Alert } from "../entities/Alert.ts";

/** Alerts by their id. */
export const alertById = loadOne({
  name: "alertById",
  fetch: (db, ids: readonly string[]) => db.find(Alert, { id: { $in: [...ids] } }),
  key: (alert) => alert.id,
});
