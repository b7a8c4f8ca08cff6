import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";

/** Tells workers, once the transaction is committed, that there is something of a kind to do. Nothing depends on it being heard. */
export function hint(tx: TenantTransaction, { work, kind }: KindOfWork): void {
  tx.notifyAfterCommit(HINTS, `${work} ${kind} ${tx.tenantId}`);
}

/** What a notification on that channel says. */
export function readHint(text: string): Hint {
  const [work, kind = "", tenantId = ""] = text.split(" ");
  return { work: work as KindOfWork["work"], kind, tenantId };
}

/** There may be work of this kind, of this tenant. */
export interface Hint extends KindOfWork {
  readonly tenantId: string;
}

/** The channel on which workers are notified. */
export const HINTS = "tocsin_work";

/** What there is to do: the table in which it stands, and the name or kind it has there. */
export interface KindOfWork {
  readonly work: "command" | "timer" | "effect";
  readonly kind: string;
}
