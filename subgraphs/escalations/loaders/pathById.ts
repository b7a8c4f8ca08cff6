import { loadOne } from "#shared/loaders/loaders.ts";
import { EscalationPath } from "../entities/EscalationPath.ts";

/** Escalation paths by their id. */
export const pathById = loadOne({
  name: "pathById",
  fetch: (db, ids: readonly string[]) => db.find(EscalationPath, { id: { $in: [...ids] } }),
  key: (path) => path.id,
});
