import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { inUse, invalidArgument, notFound } from "#supergraph/domainErrors.ts";
import { ContactMethod } from "./entities/ContactMethod.ts";
import { NotificationRule } from "./entities/NotificationRule.ts";
import { movePages } from "./paging/movePages.ts";
import { isOwnOrPermitted } from "./rules/requireOwnOrPermission.ts";

/**
 * Takes a way of reaching a person away; the answer is its id, and the person. The notification rules that use it go on with the
 * replacement, another method of the same person; so do pages that are still to be sent, or else by another method that reaches the
 * same address: two that do are one page. Throws IN_USE with the rules when there are some and no replacement, and
 * NOT_FOUND, also for another person's without ContactMethodManage: whose it is, is nobody else's business.
 */
export async function deleteContactMethod(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; replaceWithId?: string | null | undefined },
): Promise<{ deletedContactMethodId: string; user: { id: string } }> {
  return db.transaction(async (tx) => {
    // In the order of their ids, so that two who replace one by the other take turns.
    const methods = await lockMethods(tx, [what.id, ...(what.replaceWithId ? [what.replaceWithId] : [])]);
    const method = methods.find(({ id }) => id === what.id);
    if (!method || !isOwnOrPermitted(by, method.userId, "ContactMethodManage")) {
      throw notFound("contact method", what.id);
    }
    const replacement = what.replaceWithId ? requireReplacement(methods, method, what.replaceWithId) : null;
    await leaveRules(tx, method, replacement);
    await leavePages(tx, method, replacement);
    await tx.delete(ContactMethod, { id: method.id });
    return { deletedContactMethodId: method.id, user: { id: method.userId } };
  });
}

async function lockMethods(tx: TenantTransaction, ids: readonly string[]): Promise<ContactMethod[]> {
  const locked = [];
  for (const id of [...new Set(ids)].toSorted()) locked.push(await tx.lock(ContactMethod, { id }));
  return locked.filter((method) => method !== null);
}

function requireReplacement(
  methods: readonly ContactMethod[],
  { id: oldId, userId }: ContactMethod,
  id: string,
): ContactMethod {
  if (id === oldId) throw invalidArgument("replaceWithId", "must be another contact method");
  const replacement = methods.find((method) => method.id === id && method.userId === userId);
  if (!replacement) throw notFound("contact method", id);
  return replacement;
}

async function leaveRules(
  tx: TenantTransaction,
  method: ContactMethod,
  replacement: ContactMethod | null,
): Promise<void> {
  const rules = await tx.find(NotificationRule, { contactMethodId: method.id });
  if (rules.length === 0) return;
  if (!replacement) {
    const usedBy = rules.map(({ id, delayMinutes }) => ({
      thing: "notification rule",
      id,
      name: `after ${delayMinutes} minutes`,
    }));
    throw inUse("contact method", method.id, usedBy);
  }
  await tx.update(NotificationRule, { contactMethodId: method.id }, { contactMethodId: replacement.id });
}

async function leavePages(
  tx: TenantTransaction,
  { id, userId, notifier, address }: ContactMethod,
  replacement: ContactMethod | null,
): Promise<void> {
  const others = replacement ? [replacement] : await tx.find(ContactMethod, { userId, notifier, address });
  const next = others.find((method) => method.id !== id && method.confirmedAt !== null);
  if (next) await movePages(tx, { id }, next);
}
