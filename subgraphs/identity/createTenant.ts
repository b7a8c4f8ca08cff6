import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { permissions } from "#supergraph/permissions.ts";
import { requireTimeZone } from "#supergraph/domainErrors.ts";
import { Role } from "./entities/Role.ts";
import { RoleAssignment } from "./entities/RoleAssignment.ts";
import { Tenant } from "./entities/Tenant.ts";
import { User } from "./entities/User.ts";
import { requireEmail, requireName } from "./rules/requirePersonalData.ts";

/** A tenant as it begins: with one person who may do everything. */
export interface NewTenant {
  name: string;
  slug: string;
  administrator: { email: string; name: string; timeZone: string };
}

/** Creates the tenant whose database this is, with its first person. Throws INVALID_ARGUMENT for data that is none. */
export async function createTenant(
  db: TenantDatabase,
  what: NewTenant,
): Promise<{ tenant: Tenant; administrator: User; role: Role }> {
  const { name, slug } = what;
  const email = requireEmail(what.administrator.email);
  requireName(name);
  requireName(what.administrator.name);
  requireTimeZone("timeZone", what.administrator.timeZone);
  return db.transaction(async (tx) => {
    const createdAt = await tx.now();
    const tenant = await tx.insert(Tenant, { id: tx.tenantId, name, slug, createdAt });
    const administrator = await tx.insert(User, {
      ...what.administrator,
      email,
      state: "ACTIVE",
      createdAt,
      signedInAt: createdAt,
    });
    const everything = permissions.map((permission) => permission.name);
    const role = await tx.insert(Role, { name: "Administrator", permissions: everything });
    await tx.insert(RoleAssignment, { userId: administrator.id, roleId: role.id });
    return { tenant, administrator, role };
  });
}
