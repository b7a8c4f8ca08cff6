import { loadMany } from "#shared/loaders/loaders.ts";
import { NotificationRule } from "../entities/NotificationRule.ts";

/** The notification rules of people, the soonest first. */
export const rulesByUser = loadMany({
  name: "rulesByUser",
  fetch: (db, userIds: readonly string[]) =>
    db.find(
      NotificationRule,
      { userId: { $in: [...userIds] } },
      { orderBy: { delayMinutes: "asc", id: "asc" } },
    ),
  key: (rule) => rule.userId,
});
