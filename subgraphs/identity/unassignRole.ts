import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { permissionsChanged } from "#supergraph/events.ts";
import { RoleAssignment } from "./entities/RoleAssignment.ts";
import type { User } from "./entities/User.ts";
import { keepAnAdministrator } from "./keepAnAdministrator.ts";
import { lockRole } from "./lockRole.ts";
import { lockUser } from "./lockUser.ts";

/** Takes a role from a user. Throws NOT_FOUND, INVALID_ARGUMENT when nobody could assign roles any more. */
export async function unassignRole(
  db: TenantDatabase,
  _by: Actor,
  what: { userId: string; roleId: string },
): Promise<User> {
  return db.transaction(async (tx) => {
    const user = await lockUser(tx, what.userId);
    const role = await lockRole(tx, what.roleId);
    await tx.delete(RoleAssignment, { userId: user.id, roleId: role.id });
    await keepAnAdministrator(tx);
    await publish(tx, permissionsChanged, { userId: user.id });
    return user;
  });
}
