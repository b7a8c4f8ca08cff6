import type { ContactMethodResolvers } from "../schema/resolvers.generated.ts";
import { visibleContactMethod } from "../rules/visibleContactMethod.ts";

/** The fields of a contact method. */
export const ContactMethod: ContactMethodResolvers = {
  __resolveReference: ({ id }, { load, actor }) => visibleContactMethod(load, actor, id),
};
