import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { requireVersion } from "#supergraph/domainErrors.ts";
import { Role } from "./entities/Role.ts";
import { keepAnAdministrator } from "./rules/keepAnAdministrator.ts";
import { lockRole, requireFreeRoleName } from "./rules/lockRole.ts";
import { requireOwnPermissions } from "./rules/requireOwnPermissions.ts";
import { requireName } from "./rules/requirePersonalData.ts";

/**
 * Changes a role's name or what it permits; what is left out stays. Throws NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED
 * unless one has every permission that it had and will have, INVALID_ARGUMENT when no active person would hold every permission
 * any more, VERSION_STALE when somebody else changed it meanwhile.
 */
export async function updateRole(
  db: TenantDatabase,
  by: Actor,
  what: {
    id: string;
    expectedVersion?: number | null | undefined;
    changes: { name?: string | null | undefined; permissions?: readonly Permission[] | null | undefined };
  },
): Promise<Role> {
  const { changes } = what;
  if (changes.name != null) requireName(changes.name);
  return db.transaction((tx) =>
    keepAnAdministrator(tx, async () => {
      const role = await lockRole(tx, what.id);
      requireVersion("role", what.expectedVersion, role, {
        by,
        needs: ["RoleRead"],
        shown: { name: role.name, permissions: role.permissions },
      });
      const permissions = changes.permissions ? [...new Set(changes.permissions)] : role.permissions;
      requireOwnPermissions(by, [...role.permissions, ...permissions]);
      if (changes.name != null) await requireFreeRoleName(tx, changes.name, role.id);
      const change = { name: changes.name ?? role.name, permissions, version: role.version + 1 };
      await tx.update(Role, { id: role.id }, change);
      return { ...role, ...change };
    }),
  );
}
