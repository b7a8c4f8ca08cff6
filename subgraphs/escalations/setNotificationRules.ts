import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { lockByName } from "#shared/database/lockByName.ts";
import { invalidArgument, minutesWithin, notFound } from "#supergraph/domainErrors.ts";
import { NotificationRule } from "./entities/NotificationRule.ts";
import { limits } from "./limits.ts";
import { personOrSelf, requireOwnOrPermission } from "./rules/requireOwnOrPermission.ts";
import { requirePerson } from "./rules/requirePerson.ts";
import type { People } from "./services.ts";

const DELAY_MINUTES = { least: 0, most: 24 * 60 };
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
    rules: readonly { contactMethodId: string; delay: string }[];
  },
  people: People,
): Promise<{ id: string }> {
  const userId = personOrSelf(by, what.userId);
  requireOwnOrPermission(by, userId, "ContactMethodManage");
  if (what.rules.length > MOST_RULES) throw invalidArgument("rules", `at most ${MOST_RULES}`);
  const rules = what.rules.map(({ contactMethodId, delay }, index) => {
    return { contactMethodId, delayMinutes: minutesWithin(`rules[${index}].delay`, delay, DELAY_MINUTES) };
  });
  await requirePerson(people, { tenantId: db.tenantId }, userId);
  return db.transaction(async (tx) => {
    lockByName(tx, `rules ${userId}`);
    // Locked, so that none is taken away before its rule is there.
    const own = await tx.sql<{ id: string }>`select id from escalations.contact_method
      where tenant_id = ${tx.tenantId} and user_id = ${userId} order by id for key share`;
    const unknown = rules.find((rule) => !own.some((method) => method.id === rule.contactMethodId));
    if (unknown) {
      const id = unknown.contactMethodId;
      throw notFound("contact method", id);
    }
    await tx.delete(NotificationRule, { userId });
    await tx.insertMany(
      NotificationRule,
      rules.map((rule) => ({ userId, ...rule })),
    );
    return { id: userId };
  });
}
