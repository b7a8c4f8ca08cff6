import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { alreadyExists, notFound } from "#supergraph/domainErrors.ts";
import { Role } from "../entities/Role.ts";

/** The role, locked until the transaction ends. Throws NOT_FOUND, for another tenant's role alike. */
export async function lockRole(tx: TenantTransaction, id: string): Promise<Role> {
  const role = await tx.lock(Role, { id });
  if (!role) throw notFound("role", id);
  return role;
}

/** Throws ALREADY_EXISTS when another role of the tenant has this name. Two that ask at once take turns. */
export async function requireFreeRoleName(
  tx: TenantTransaction,
  name: string,
  except?: string,
): Promise<void> {
  lockByName(tx, `role ${name}`);
  const other = await tx.findOne(Role, { name });
  if (!other || other.id === except) return;
  throw alreadyExists("role", name);
}
