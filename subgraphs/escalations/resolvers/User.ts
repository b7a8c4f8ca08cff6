import type { UserResolvers } from "../schema/resolvers.generated.ts";
import { contactMethodsOf, notificationRulesOf } from "../reachOfPerson.ts";

/** What escalations add to a user. */
export const User: UserResolvers = {
  contactMethods: ({ id }, _, { load, actor }) => contactMethodsOf(load, actor, id),
  notificationRules: ({ id }, _, { load, actor }) => notificationRulesOf(load, actor, id),
};
