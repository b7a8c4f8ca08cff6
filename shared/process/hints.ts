import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";

/** The channel on which workers are told that there may be something to do. Nothing depends on it being heard. */
export const HINTS = "tocsin_work";

/** Tells workers, once the transaction is committed, that there is something of this kind to do. */
export function hint(tx: TenantTransaction, kind: string): void {
  tx.notifyAfterCommit(HINTS, kind);
}
