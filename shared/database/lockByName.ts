import type { TenantTransaction } from "./tenantDatabase.ts";

/**
 * Transactions of a tenant that say the same take turns: the second goes on when the first has ended. For what no row can
 * be locked for, such as a name that nobody has yet.
 */
export async function lockByName(tx: TenantTransaction, about: string): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.tenantId} ${about}`}, 0))`;
}
