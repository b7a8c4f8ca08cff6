import { loadOne } from "#shared/loaders/loaders.ts";
import { Escalation } from "../entities/Escalation.ts";

/** Escalations by their id. */
export const escalationById = loadOne({
  name: "escalationById",
  fetch: (db, ids: readonly string[]) => db.find(Escalation, { id: { $in: [...ids] } }),
  key: (escalation) => escalation.id,
});
