import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { invalidArgument, notFound } from "#supergraph/domainErrors.ts";
import { NotificationRule } from "./entities/NotificationRule.ts";
import { limits } from "./limits.ts";
import { personOrSelf, requireOwnOrPermission } from "./rules/requireOwnOrPermission.ts";
import { requirePerson } from "./rules/requirePerson.ts";
import type { People } from "./services.ts";

const LONGEST_DELAY_MINUTES = 24 * 60;
const MOST_RULES = limits.rules.most;

/**
 * Says in which order and how soon a person's contact methods are used, in place of what was said before. Throws
 * PERMISSION_DENIED for another person's without ContactMethodManage, NOT_FOUND for a person of another tenant or a
 * contact method that is not theirs, INVALID_ARGUMENT for a delay that is none.
 */
export async function setNotificationRules(
  db: TenantDatabase,
  by: Actor,
  what: {
    userId?: string | null | undefined;
    rules: readonly { contactMethodId: string; delayMinutes: number }[];
  },
  people: People,
): Promise<{ id: string }> {
  const userId = personOrSelf(by, what.userId);
  requireOwnOrPermission(by, userId, "ContactMethodManage");
  if (what.rules.length > MOST_RULES) throw invalidArgument("rules", `at most ${MOST_RULES}`);
  what.rules.forEach(({ delayMinutes }, index) => {
    if (delayMinutes >= 0 && delayMinutes <= LONGEST_DELAY_MINUTES) return;
    throw invalidArgument(`rules[${index}].delayMinutes`, `must be from 0 to ${LONGEST_DELAY_MINUTES}`);
  });
  await requirePerson(people, { tenantId: db.tenantId }, userId);
  return db.transaction(async (tx) => {
    await lockByName(tx, `rules ${userId}`);
    // Locked, so that none is taken away before its rule is there.
    const own = await tx.sql<{ id: string }>`select id from escalations.contact_method
      where tenant_id = ${tx.tenantId} and user_id = ${userId} order by id for key share`;
    const unknown = what.rules.find((rule) => !own.some((method) => method.id === rule.contactMethodId));
    if (unknown) {
      const id = unknown.contactMethodId;
      throw notFound("contact method", id);
    }
    await tx.delete(NotificationRule, { userId });
    await tx.insertMany(
      NotificationRule,
      what.rules.map(({ contactMethodId, delayMinutes }) => ({ userId, contactMethodId, delayMinutes })),
    );
    return { id: userId };
  });
}
