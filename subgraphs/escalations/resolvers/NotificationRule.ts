import type { NotificationRuleResolvers } from "../schema/resolvers.generated.ts";
import { durationOf } from "#shared/time/duration.ts";
import { contactMethodById } from "../loaders/contactMethodById.ts";

/** The fields of a notification rule. */
export const NotificationRule: NotificationRuleResolvers = {
  delay: ({ delayMinutes }) => durationOf(delayMinutes * 60),
  contactMethod: async ({ contactMethodId }, _, { load }) =>
    (await load(contactMethodById, contactMethodId))!,
};
