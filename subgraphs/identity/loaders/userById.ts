import { loadOne } from "#shared/loaders/loaders.ts";
import { User } from "../entities/User.ts";

/** Users by their id. */
export const userById = loadOne({
  name: "userById",
  fetch: (db, ids: readonly string[]) => db.find(User, { id: { $in: [...ids] } }),
  key: (user) => user.id,
});
