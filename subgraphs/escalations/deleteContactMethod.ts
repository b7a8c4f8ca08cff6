import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { notFound } from "#supergraph/refusals.ts";
import { ContactMethod } from "./entities/ContactMethod.ts";
import { NotificationRule } from "./entities/NotificationRule.ts";
import { isOwnOrPermitted } from "./requireOwnOrPermission.ts";

/**
 * Takes a way of reaching a person away, and the notification rules that use it; the answer is the person. Throws
 * NOT_FOUND, also for another person's without ContactMethodManage: whose it is, is nobody else's business.
 */
export async function deleteContactMethod(
  db: TenantDatabase,
  by: Actor,
  what: { id: string },
): Promise<{ id: string }> {
  return db.transaction(async (tx) => {
    const method = await tx.lock(ContactMethod, { id: what.id });
    if (!method || !isOwnOrPermitted(by, method.userId, "ContactMethodManage")) {
      throw notFound("contact method", what.id);
    }
    await tx.delete(NotificationRule, { contactMethodId: method.id });
    await tx.delete(ContactMethod, { id: method.id });
    return { id: method.userId };
  });
}
