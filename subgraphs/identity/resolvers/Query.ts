import type { QueryResolvers } from "../schema/resolvers.generated.ts";
import { findUser } from "../findUser.ts";
import { listApiKeys } from "../listApiKeys.ts";
import { listRoles } from "../listRoles.ts";
import { listTeams } from "../listTeams.ts";
import { listUsers } from "../listUsers.ts";
import { teamById } from "../loaders/teamById.ts";

/** What can be asked of identity. */
export const Query: QueryResolvers = {
  viewer: (_, _args, { actor }) => actor,
  user: (_, which, { load }) => findUser(load, which),
  users: (_, args, { db }) => listUsers(db, args),
  team: (_, { id }, { load }) => load(teamById, id),
  teams: (_, args, { db }) => listTeams(db, args),
  roles: (_, args, { db }) => listRoles(db, args),
  apiKeys: (_, args, { db }) => listApiKeys(db, args),
};
