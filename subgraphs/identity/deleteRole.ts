import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { inUse, invalidArgument } from "#supergraph/domainErrors.ts";
import { Role } from "./entities/Role.ts";
import { RoleAssignment } from "./entities/RoleAssignment.ts";
import { User } from "./entities/User.ts";
import { keepAnAdministrator } from "./rules/keepAnAdministrator.ts";
import { lockRole } from "./rules/lockRole.ts";
import { requireOwnPermissions } from "./rules/requireOwnPermissions.ts";

/**
 * Deletes a role; whoever has it gets the replacement in its place. Throws NOT_FOUND, IN_USE with who has it when there is no
 * replacement, PERMISSION_DENIED unless one has every permission of both, INVALID_ARGUMENT when no active person would hold every
 * permission any more.
 */
export async function deleteRole(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; replaceWithId?: string | null | undefined },
): Promise<string> {
  if (what.replaceWithId === what.id) throw invalidArgument("replaceWithId", "must be another role");
  return db.transaction((tx) =>
    keepAnAdministrator(tx, async () => {
      const role = await lockRole(tx, what.id);
      requireOwnPermissions(by, role.permissions);
      const holders = await tx.find(RoleAssignment, { roleId: role.id });
      const userIds = holders.map(({ userId }) => userId);
      if (what.replaceWithId != null) await replace(tx, by, what.replaceWithId, userIds);
      else if (userIds.length) throw inUse("role", role.id, await named(tx, userIds));
      await tx.delete(RoleAssignment, { roleId: role.id });
      await tx.delete(Role, { id: role.id });
      return role.id;
    }),
  );
}

async function replace(
  tx: TenantTransaction,
  by: Actor,
  roleId: string,
  userIds: readonly string[],
): Promise<void> {
  const { id, permissions } = await lockRole(tx, roleId);
  requireOwnPermissions(by, permissions);
  const already = await tx.find(RoleAssignment, { roleId: id, userId: { $in: userIds } });
  const have = new Set(already.map(({ userId }) => userId));
  const without = userIds.filter((userId) => !have.has(userId));
  await tx.insertMany(
    RoleAssignment,
    without.map((userId) => ({ userId, roleId: id })),
  );
}

// The first twenty are enough to know where to look.
async function named(tx: TenantTransaction, userIds: readonly string[]) {
  const users = await tx.find(User, { id: { $in: userIds } }, { orderBy: { name: "asc" }, limit: 20 });
  return users.map(({ id, name }) => ({ thing: "user", id, name }));
}
