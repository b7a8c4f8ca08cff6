import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { RoleAssignment } from "./entities/RoleAssignment.ts";
import type { User } from "./entities/User.ts";
import { keepAnAdministrator } from "./rules/keepAnAdministrator.ts";
import { lockRole } from "./rules/lockRole.ts";
import { lockUser } from "./rules/lockUser.ts";
import { requireOwnPermissions } from "./rules/requireOwnPermissions.ts";

/**
 * Takes a role from a user. Throws NOT_FOUND, PERMISSION_DENIED for a role that permits more than the taker may,
 * INVALID_ARGUMENT when no active person would hold every permission any more.
 */
export async function unassignRole(
  db: TenantDatabase,
  by: Actor,
  what: { userId: string; roleId: string },
): Promise<User> {
  return db.transaction((tx) =>
    keepAnAdministrator(tx, async () => {
      const user = await lockUser(tx, what.userId);
      const role = await lockRole(tx, what.roleId);
      requireOwnPermissions(by, role.permissions);
      await tx.delete(RoleAssignment, { userId: user.id, roleId: role.id });
      return user;
    }),
  );
}
