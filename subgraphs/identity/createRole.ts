import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { requireRoom } from "#shared/limits/limits.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { Role } from "./entities/Role.ts";
import { limits } from "./limits.ts";
import { requireFreeRoleName } from "./rules/lockRole.ts";
import { requireOwnPermissions } from "./rules/requireOwnPermissions.ts";
import { requireName } from "./rules/requirePersonalData.ts";

/**
 * Creates a role. Throws PERMISSION_DENIED for a permission that the creator lacks, ALREADY_EXISTS for a name that is
 * taken, INVALID_ARGUMENT for an empty one, LIMIT_REACHED for too many roles.
 */
export async function createRole(
  db: TenantDatabase,
  by: Actor,
  what: { name: string; permissions: readonly Permission[] },
): Promise<Role> {
  requireName(what.name);
  requireOwnPermissions(by, what.permissions);
  return db.transaction(async (tx) => {
    await requireRoom(tx, limits.roles, { entity: Role });
    await requireFreeRoleName(tx, what.name);
    return tx.insert(Role, { name: what.name, permissions: [...new Set(what.permissions)] });
  });
}
