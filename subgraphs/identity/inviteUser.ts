import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { request } from "#shared/process/effects.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { requireRoom } from "#shared/limits/limits.ts";
import { exposed } from "#supergraph/errors.ts";
import { alreadyExists, requireTimeZone } from "#supergraph/domainErrors.ts";
import type { Role } from "./entities/Role.ts";
import { RoleAssignment } from "./entities/RoleAssignment.ts";
import { User } from "./entities/User.ts";
import { deliverInvitation } from "./invitations/deliverInvitation.ts";
import { limits } from "./limits.ts";
import { lockRole } from "./rules/lockRole.ts";
import { findTenant } from "./invitations/findTenant.ts";
import { requireOwnPermissions } from "./rules/requireOwnPermissions.ts";
import { requireEmail, requireName } from "./rules/requirePersonalData.ts";
import type { Services } from "./services.ts";

/** A person as somebody invites them. */
export interface Invitation {
  email: string;
  name: string;
  timeZone: string;
  roleIds: readonly string[];
}

/**
 * Invites a person: they exist at once, can be paged, and sign in when they accept. An invitation goes out by mail.
 * Throws ALREADY_EXISTS for an address that is known, INVALID_ARGUMENT for one that is none or a zone that is none,
 * NOT_FOUND for a role of another tenant, PERMISSION_DENIED for a role that permits more than the inviter may, LIMIT_REACHED for
 * too many people, RATE_LIMITED for too many in 24 hours.
 */
export async function inviteUser(
  db: TenantDatabase,
  by: Actor,
  what: Invitation,
  { invitationsPerDay }: Pick<Services, "invitationsPerDay">,
): Promise<User> {
  const email = requireEmail(what.email);
  requireName(what.name);
  requireTimeZone("timeZone", what.timeZone);
  return db.transaction(async (tx) => {
    await requireRoom(tx, limits.people, { entity: User });
    await requireFewLately(tx, invitationsPerDay);
    await requireFreeEmail(tx, email);
    const { name, timeZone } = what;
    const user = await tx.insert(User, {
      email,
      name,
      timeZone,
      state: "INVITED",
      createdAt: await tx.now(),
    });
    await giveRoles(tx, by, user, what.roleIds);
    const tenant = await findTenant(tx);
    await request(tx, deliverInvitation, { email, name, tenantName: tenant.name }, { id: user.id });
    return user;
  });
}

// Nobody is ever deleted, so that who was added lately is known by their rows. Those who add take turns already.
async function requireFewLately(tx: TenantTransaction, most: number): Promise<void> {
  const now = await tx.now();
  const [first] = await tx.sql<{ created_at: Temporal.Instant }>`
    select created_at from identity.user_account
    where tenant_id = ${tx.tenantId} and created_at > ${now.subtract({ hours: 24 })}
    order by created_at desc offset ${most - 1} limit 1`;
  if (!first) return;
  const { seconds } = now.until(first.created_at.add({ hours: 24 }), {
    smallestUnit: "second",
    roundingMode: "ceil",
  });
  const limit = { limit: "people invited", maximum: most, per: "in 24 hours", retryAfterSeconds: seconds };
  throw exposed("RATE_LIMITED", `${most} invitations in a day`, limit);
}

async function requireFreeEmail(tx: TenantTransaction, email: string): Promise<void> {
  lockByName(tx, `user ${email}`);
  if (!(await tx.findOne(User, { email }))) return;
  throw alreadyExists("user", email);
}

async function giveRoles(
  tx: TenantTransaction,
  by: Actor,
  user: User,
  roleIds: readonly string[],
): Promise<void> {
  const ids = [...new Set(roleIds)].sort();
  const roles: Role[] = [];
  // In the order of their ids, so that two who invite at once do not wait for each other.
  for (const id of ids) roles.push(await lockRole(tx, id));
  requireOwnPermissions(
    by,
    roles.flatMap((role) => role.permissions),
  );
  await tx.insertMany(
    RoleAssignment,
    roles.map((role) => ({ userId: user.id, roleId: role.id })),
  );
}
