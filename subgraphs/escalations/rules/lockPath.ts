import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { alreadyExists, notFound } from "#supergraph/domainErrors.ts";
import { EscalationPath } from "../entities/EscalationPath.ts";

/** The escalation path, locked until the transaction ends. Throws NOT_FOUND, for another tenant's path alike. */
export async function lockPath(tx: TenantTransaction, id: string): Promise<EscalationPath> {
  const path = await tx.lock(EscalationPath, { id });
  if (!path) throw notFound("escalation path", id);
  return path;
}

/** Throws ALREADY_EXISTS when another path of the tenant has this name. Two that ask at once take turns. */
export async function requireFreePathName(
  tx: TenantTransaction,
  name: string,
  except?: string,
): Promise<void> {
  lockByName(tx, `path ${name}`);
  const other = await tx.findOne(EscalationPath, { name });
  if (!other || other.id === except) return;
  throw alreadyExists("escalation path", name);
}
