import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { User } from "./entities/User.ts";

const administers: Permission = "RoleAssign";

/** The people who may give roles to others and are not disabled, by name: those who are told when nobody else can be. */
export async function findAdministrators(db: TenantDatabase): Promise<User[]> {
  return db.reading(async (reading) => {
    const found = await reading.sql<{ user_id: string }>`
      select distinct role_assignment.user_id
      from identity.role_assignment
      join identity.role on role.tenant_id = role_assignment.tenant_id and role.id = role_assignment.role_id
      where role.permissions ? ${administers}`;
    const ids = found.map((row) => row.user_id);
    return reading.find(
      User,
      { id: { $in: ids }, state: { $ne: "DISABLED" } },
      { orderBy: { name: "asc", id: "asc" } },
    );
  });
}
