import type { RoleResolvers } from "../schema/resolvers.generated.ts";
import { roleById } from "../loaders/roleById.ts";

/** The fields of a role. */
export const Role: RoleResolvers = {
  __resolveReference: ({ id }, { load }) => load(roleById, id),
};
