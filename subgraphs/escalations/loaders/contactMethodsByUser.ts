import { loadMany } from "#shared/loaders/loaders.ts";
import { ContactMethod } from "../entities/ContactMethod.ts";

/** How people are reached, in the order in which it was added. */
export const contactMethodsByUser = loadMany({
  name: "contactMethodsByUser",
  fetch: (db, userIds: readonly string[]) =>
    db.find(ContactMethod, { userId: { $in: [...userIds] } }, { orderBy: { id: "asc" } }),
  key: (method) => method.userId,
});
