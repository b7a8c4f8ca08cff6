import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { permissionsChanged } from "#supergraph/events.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { requireVersion } from "#supergraph/refusals.ts";
import { Role } from "./entities/Role.ts";
import { keepAnAdministrator } from "./keepAnAdministrator.ts";
import { lockRole, requireFreeRoleName } from "./lockRole.ts";
import { requireOwnPermissions } from "./requireOwnPermissions.ts";
import { requireName } from "./requirePersonalData.ts";

/**
 * Changes a role's name or what it permits; what is left out stays. Throws NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED
 * for a permission that one lacks oneself, INVALID_ARGUMENT when nobody could assign roles any more, VERSION_STALE when somebody
 * else changed it meanwhile.
 */
export async function updateRole(
  db: TenantDatabase,
  by: Actor,
  what: {
    id: string;
    name?: string | null | undefined;
    permissions?: readonly Permission[] | null | undefined;
    expectedVersion?: number | null | undefined;
  },
): Promise<Role> {
  if (what.name != null) requireName(what.name);
  return db.transaction(async (tx) => {
    const role = await lockRole(tx, what.id);
    requireVersion("role", what.expectedVersion, role);
    const added = (what.permissions ?? []).filter((permission) => !role.permissions.includes(permission));
    requireOwnPermissions(by, added);
    if (what.name != null) await requireFreeRoleName(tx, what.name, role.id);
    const permissions = what.permissions ? [...new Set(what.permissions)] : role.permissions;
    const change = { name: what.name ?? role.name, permissions, version: role.version + 1 };
    await tx.update(Role, { id: role.id }, change);
    await keepAnAdministrator(tx);
    await publish(tx, permissionsChanged, { userId: null });
    return { ...role, ...change };
  });
}
