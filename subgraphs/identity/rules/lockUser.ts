import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { User } from "../entities/User.ts";

/** The user, locked until the transaction ends. Throws NOT_FOUND, for another tenant's user alike. */
export async function lockUser(tx: TenantTransaction, id: string): Promise<User> {
  const user = await tx.lock(User, { id });
  if (!user) throw notFound("user", id);
  return user;
}
