import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Permission } from "#supergraph/permissions.ts";

/** What a user's roles permit, each permission once; whether the user is disabled is not looked at. */
export async function permissionsOfUser(tx: TenantTransaction, userId: string): Promise<Permission[]> {
  const rows = await tx.sql<{ permission: Permission }>`
    select distinct jsonb_array_elements_text(role.permissions) as permission
    from identity.role_assignment
    join identity.role on role.tenant_id = role_assignment.tenant_id and role.id = role_assignment.role_id
    where role_assignment.tenant_id = ${tx.tenantId} and role_assignment.user_id = ${userId}`;
  return rows.map(({ permission }) => permission);
}
