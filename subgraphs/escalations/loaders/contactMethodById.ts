import { loadOne } from "#shared/loaders/loaders.ts";
import { ContactMethod } from "../entities/ContactMethod.ts";

/** Contact methods by their id. */
export const contactMethodById = loadOne({
  name: "contactMethodById",
  fetch: (db, ids: readonly string[]) => db.find(ContactMethod, { id: { $in: [...ids] } }),
  key: (method) => method.id,
});
