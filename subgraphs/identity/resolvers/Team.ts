import type { TeamResolvers } from "../schema/resolvers.generated.ts";
import { listTeamMembers } from "../listTeamMembers.ts";
import { teamById } from "../loaders/teamById.ts";

/** The fields of a team. */
export const Team: TeamResolvers = {
  __resolveReference: ({ id }, { load }) => load(teamById, id),
  members: ({ id }, args, { load }) => listTeamMembers(load, id, args),
};
