import { loadOne } from "#shared/loaders/loaders.ts";
import { AlertEvent } from "../entities/AlertEvent.ts";

/** Events of alerts by their id, with their whole payloads. */
export const eventById = loadOne({
  name: "eventById",
  fetch: (db, ids: readonly string[]) => db.find(AlertEvent, { id: { $in: [...ids] } }),
  key: (event) => event.id,
});
