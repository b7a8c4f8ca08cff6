import { loadThrough } from "#shared/loaders/loadThrough.ts";
import { Role } from "../entities/Role.ts";
import { RoleAssignment } from "../entities/RoleAssignment.ts";

/** The roles of users, by name. */
export const rolesByUser = loadThrough({
  name: "rolesByUser",
  entity: Role,
  through: { entity: RoleAssignment, parent: "userId", child: "roleId" },
  orderBy: "name",
});
