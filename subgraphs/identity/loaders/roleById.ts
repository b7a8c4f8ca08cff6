import { loadOne } from "#shared/loaders/loaders.ts";
import { Role } from "../entities/Role.ts";

/** Roles by their id. */
export const roleById = loadOne({
  name: "roleById",
  fetch: (db, ids: readonly string[]) => db.find(Role, { id: { $in: [...ids] } }),
  key: (role) => role.id,
});
