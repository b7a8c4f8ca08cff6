import type { Actor } from "#shared/subgraph/actor.ts";
import type { Load } from "#shared/loaders/loaders.ts";
import type { ContactMethod } from "./entities/ContactMethod.ts";
import type { NotificationRule } from "./entities/NotificationRule.ts";
import { contactMethodsByUser } from "./loaders/contactMethodsByUser.ts";
import { rulesByUser } from "./loaders/rulesByUser.ts";
import { requireOwnOrPermission } from "./requireOwnOrPermission.ts";

/** How a person is reached. Throws PERMISSION_DENIED for another person without ContactMethodRead. */
export async function contactMethodsOf(load: Load, by: Actor, userId: string): Promise<ContactMethod[]> {
  requireOwnOrPermission(by, userId, "ContactMethodRead");
  return load(contactMethodsByUser, userId);
}

/** In which order a person is reached. Throws PERMISSION_DENIED for another person without ContactMethodRead. */
export async function notificationRulesOf(
  load: Load,
  by: Actor,
  userId: string,
): Promise<NotificationRule[]> {
  requireOwnOrPermission(by, userId, "ContactMethodRead");
  return load(rulesByUser, userId);
}
