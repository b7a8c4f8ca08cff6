import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { AlertSource } from "../entities/AlertSource.ts";

/** The alert source, locked until the transaction ends. Throws NOT_FOUND, for another tenant's alike. */
export async function lockSource(tx: TenantTransaction, id: string): Promise<AlertSource> {
  const source = await tx.lock(AlertSource, { id });
  if (!source) throw notFound("alert source", id);
  return source;
}
