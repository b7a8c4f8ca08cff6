import type { UserResolvers } from "../schema/resolvers.generated.ts";
import { contactMethodsByUser } from "../loaders/contactMethodsByUser.ts";
import { rulesByUser } from "../loaders/rulesByUser.ts";

/** What escalations add to a user. */
export const User: UserResolvers = {
  contactMethods: ({ id }, _, { load }) => load(contactMethodsByUser, id),
  notificationRules: ({ id }, _, { load }) => load(rulesByUser, id),
};
