import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { breaksOfTenant, invariants, type Break } from "#supergraph/ledger/ledger.ts";

/** A break, and what was promised. */
export interface LedgerBreak extends Break {
  readonly promise: string;
}

/** The most breaks that are listed. */
export const MOST_LISTED = 100;

/**
 * What does not hold for the tenant between the rows of all services, at most `MOST_LISTED` of it: read past their questions, since
 * what is to be found is that one of them answers for what another lost.
 */
export async function listLedgerBreaks(db: TenantDatabase): Promise<LedgerBreak[]> {
  const breaks = await db.sql<Break>(breaksOfTenant, db.tenantId);
  const promises = new Map(invariants.map(({ name, promise }) => [name, promise]));
  return breaks.slice(0, MOST_LISTED).map((one) => ({ ...one, promise: promises.get(one.invariant) ?? "" }));
}
