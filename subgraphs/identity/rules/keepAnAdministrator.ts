import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { permissions, type Permission } from "#supergraph/permissions.ts";
import { invalidArgument } from "#supergraph/domainErrors.ts";

/**
 * Does work that takes something away from people. Throws INVALID_ARGUMENT when no active person would hold every permission after
 * it: nobody could give back what nobody has. In a tenant where nobody does, as one that is older than a permission, somebody
 * active has to be left who may give roles. Who never signed in does not count: their address may be wrong. Transactions take turns, so that two administrators do not take each other away.
 */
export async function keepAnAdministrator<Result>(
  tx: TenantTransaction,
  work: () => Promise<Result>,
): Promise<Result> {
  lockByName(tx, "administrators");
  const kept: readonly Permission[] = (await isHeld(tx, EVERYTHING)) ? EVERYTHING : ["RoleAssign"];
  const result = await work();
  if (await isHeld(tx, kept)) return result;
  const what = kept === EVERYTHING ? "who has every permission" : `who may ${kept.join()}`;
  throw invalidArgument("id", `no active person would be left ${what}`);
}

const EVERYTHING: readonly Permission[] = permissions.map(({ name }) => name);

async function isHeld(tx: TenantTransaction, needed: readonly Permission[]): Promise<boolean> {
  const holders = await tx.sql`
    select from identity.user_account
    join identity.role_assignment
      on role_assignment.tenant_id = user_account.tenant_id and role_assignment.user_id = user_account.id
    join identity.role on role.tenant_id = role_assignment.tenant_id and role.id = role_assignment.role_id
    cross join jsonb_array_elements_text(role.permissions) as held (permission)
    where user_account.tenant_id = ${tx.tenantId} and user_account.state = 'ACTIVE'
      and user_account.signed_in_at is not null
      and held.permission = any (${[...needed]}::text[])
    group by user_account.id
    having count(distinct held.permission) = ${needed.length}
    limit 1`;
  return holders.length > 0;
}
