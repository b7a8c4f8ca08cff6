import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Actor } from "#shared/subgraph/actor.ts";
import { notFound } from "#supergraph/domainErrors.ts";
import { ContactMethod } from "../entities/ContactMethod.ts";
import { isOwnOrPermitted } from "./requireOwnOrPermission.ts";

/** The contact method, locked. Throws NOT_FOUND, also for another person's without ContactMethodManage. */
export async function lockOwnMethod(tx: TenantTransaction, by: Actor, id: string): Promise<ContactMethod> {
  const method = await tx.lock(ContactMethod, { id });
  if (!method || !isOwnOrPermitted(by, method.userId, "ContactMethodManage"))
    throw notFound("contact method", id);
  return method;
}
