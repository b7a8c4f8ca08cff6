import { fragment } from "./fragment.ts";
import type { TenantTransaction } from "./tenantDatabase.ts";

/**
 * Transactions of a tenant that say the same take turns: what the second asks for from here on is done when the first has ended. For what no row can
 * be locked for, such as a name that nobody has yet.
 */
export function lockByName(tx: TenantTransaction, about: string): void {
  tx.unanswered(fragment`select pg_advisory_xact_lock(hashtextextended(${`${tx.tenantId} ${about}`}, 0))`);
}
