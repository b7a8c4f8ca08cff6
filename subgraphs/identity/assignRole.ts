import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { RoleAssignment } from "./entities/RoleAssignment.ts";
import type { User } from "./entities/User.ts";
import { lockRole } from "./rules/lockRole.ts";
import { lockUser } from "./rules/lockUser.ts";
import { requireOwnPermissions } from "./rules/requireOwnPermissions.ts";

/**
 * Gives a role to a user; does nothing when they have it already. Throws NOT_FOUND, PERMISSION_DENIED for a role that
 * permits more than the giver may.
 */
export async function assignRole(
  db: TenantDatabase,
  by: Actor,
  what: { userId: string; roleId: string },
): Promise<User> {
  return db.transaction(async (tx) => {
    const user = await lockUser(tx, what.userId);
    const role = await lockRole(tx, what.roleId);
    requireOwnPermissions(by, role.permissions);
    const assignment = { userId: user.id, roleId: role.id };
    if (!(await tx.findOne(RoleAssignment, assignment))) await tx.insert(RoleAssignment, assignment);
    return user;
  });
}
