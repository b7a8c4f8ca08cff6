import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Permission } from "#supergraph/permissions.ts";
import { takeTurns } from "#shared/database/takeTurns.ts";
import { invalidArgument } from "#supergraph/refusals.ts";

const administers: Permission = "RoleAssign";

/**
 * Throws INVALID_ARGUMENT when, after what this transaction has done, nobody who may sign in can assign roles any more.
 * Transactions that ask take turns, so that two administrators do not take each other away.
 */
export async function keepAnAdministrator(tx: TenantTransaction): Promise<void> {
  await takeTurns(tx, "administrators");
  const left = await tx.sql<{ id: string }>`
    select user_account.id
    from identity.user_account
    join identity.role_assignment on role_assignment.user_id = user_account.id
    join identity.role on role.id = role_assignment.role_id
    where user_account.state <> 'DISABLED' and role.permissions ? ${administers}
    limit 1`;
  if (left.length) return;
  const reason = `nobody would be left who may ${administers}`;
  throw invalidArgument("id", reason);
}
