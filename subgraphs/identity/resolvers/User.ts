import type { UserResolvers } from "../schema/resolvers.generated.ts";
import { rolesByUser } from "../loaders/rolesByUser.ts";
import { teamsByUser } from "../loaders/teamsByUser.ts";
import { userById } from "../loaders/userById.ts";

/** The fields of a user. */
export const User: UserResolvers = {
  __resolveReference: ({ id }, { load }) => load(userById, id),
  roles: ({ id }, _, { load }) => load(rolesByUser, id),
  teams: ({ id }, _, { load }) => load(teamsByUser, id),
};
