import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { invalidArgument, requireTimeZone, requireVersion } from "#supergraph/domainErrors.ts";
import { User, type UserState } from "./entities/User.ts";
import { keepAnAdministrator } from "./rules/keepAnAdministrator.ts";
import { lockUser } from "./rules/lockUser.ts";
import { permissionsOfUser } from "./rules/permissionsOfUser.ts";
import { requireOwnPermissions } from "./rules/requireOwnPermissions.ts";
import { requireName } from "./rules/requirePersonalData.ts";

/**
 * Changes a user's name, time zone or state; what is left out stays. Throws NOT_FOUND, PERMISSION_DENIED for the state of somebody
 * who may do more than whoever changes it, which takes away or gives what they may, INVALID_ARGUMENT, also for disabling the
 * tenant's last active person who has every permission: nobody could undo it; VERSION_STALE when somebody changed the user since the expected version.
 */
export async function updateUser(
  db: TenantDatabase,
  by: Actor,
  what: {
    id: string;
    expectedVersion?: number | null | undefined;
    changes: {
      name?: string | null | undefined;
      timeZone?: string | null | undefined;
      state?: UserState | null | undefined;
    };
  },
): Promise<User> {
  const { changes } = what;
  if (changes.name != null) requireName(changes.name);
  if (changes.timeZone != null) requireTimeZone("timeZone", changes.timeZone);
  if (changes.state === "INVITED") {
    const reason = "a person is invited by inviteUser only";
    throw invalidArgument("state", reason);
  }
  return db.transaction((tx) => {
    const update = async () => {
      const user = await lockUser(tx, what.id);
      requireVersion("user", what.expectedVersion, user, {
        by,
        needs: ["UserRead"],
        shown: { name: user.name, timeZone: user.timeZone, state: user.state },
      });
      const { name, timeZone, state } = user;
      const change = {
        name: changes.name ?? name,
        timeZone: changes.timeZone ?? timeZone,
        state: changes.state ?? state,
        version: user.version + 1,
      };
      if (change.state !== state) requireOwnPermissions(by, await permissionsOfUser(tx, user.id));
      await tx.update(User, { id: user.id }, change);
      return { ...user, ...change };
    };
    return changes.state === "DISABLED" ? keepAnAdministrator(tx, update) : update();
  });
}
