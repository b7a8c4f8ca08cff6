import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { invalidArgument } from "#supergraph/domainErrors.ts";
import { ContactMethod } from "./entities/ContactMethod.ts";
import { MailedCode } from "./entities/MailedCode.ts";
import { limits } from "./limits.ts";
import { CODE_HOURS, digestOfCode } from "./confirmation/mailCode.ts";
import { lockOwnMethod } from "./rules/lockOwnMethod.ts";

/**
 * Confirms by the code that was mailed last that an address is its person's, so that pages go there; one that is confirmed stays
 * so. Throws NOT_FOUND, also for another person's without ContactMethodManage, and INVALID_ARGUMENT for a wrong code, one of
 * before 24 hours, or after ten wrong ones.
 */
export async function confirmContactMethod(
  db: TenantDatabase,
  by: Actor,
  what: { id: string; code: string },
): Promise<ContactMethod> {
  const confirmed = await db.transaction(async (tx) => {
    const method = await lockOwnMethod(tx, by, what.id);
    if (method.confirmedAt) return method;
    if (!(await isMailed(tx, method, what.code))) return null;
    const confirmedAt = await tx.now();
    await tx.update(ContactMethod, { id: method.id }, { confirmedAt });
    return { ...method, confirmedAt };
  });
  // Thrown after the commit, so that the wrong code counts.
  if (confirmed) return confirmed;
  throw invalidArgument("code", "is not the one that was mailed last, or is no good any more");
}

async function isMailed(tx: TenantTransaction, { id }: ContactMethod, code: string): Promise<boolean> {
  const since = (await tx.now()).subtract({ hours: CODE_HOURS });
  const mailed = await tx.find(
    MailedCode,
    { contactMethodId: id, createdAt: { $gt: since } },
    { orderBy: { createdAt: "desc", id: "desc" }, limit: 1 },
  );
  const last = mailed[0];
  if (!last || last.wrong >= limits.wrongCodes.most) return false;
  if (last.digest === digestOfCode(id, code)) return true;
  await tx.update(MailedCode, { id: last.id }, { wrong: last.wrong + 1 });
  return false;
}
