import { loadMany } from "#shared/loaders/loaders.ts";
import type { Role } from "../entities/Role.ts";

/** The roles of users, by name. */
export const rolesByUser = loadMany({
  name: "rolesByUser",
  fetch: (db, userIds: readonly string[]) => db.sql<Role & { userId: string }>`
    select role_assignment.user_id as "userId", role.tenant_id as "tenantId", role.id, name, permissions,
      version
    from identity.role_assignment
    join identity.role on role.tenant_id = role_assignment.tenant_id and role.id = role_assignment.role_id
    where role_assignment.tenant_id = ${db.tenantId} and role_assignment.user_id = any (${userIds}::uuid[])
    order by name`,
  key: (role) => role.userId,
});
