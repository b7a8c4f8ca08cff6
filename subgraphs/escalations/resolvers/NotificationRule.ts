import type { NotificationRuleResolvers } from "../schema/resolvers.generated.ts";
import { contactMethodById } from "../loaders/contactMethodById.ts";

/** The fields of a notification rule. */
export const NotificationRule: NotificationRuleResolvers = {
  contactMethod: async ({ contactMethodId }, _, { load }) =>
    (await load(contactMethodById, contactMethodId))!,
};
