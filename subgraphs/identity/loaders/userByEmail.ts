import { loadOne } from "#shared/loaders/loaders.ts";
import { User } from "../entities/User.ts";

/** Users by their address, in lower case. */
export const userByEmail = loadOne({
  name: "userByEmail",
  fetch: (db, emails: readonly string[]) => db.find(User, { email: { $in: [...emails] } }),
  key: (user) => user.email,
});
