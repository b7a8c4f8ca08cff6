import type { TeamResolvers } from "../schema/resolvers.generated.ts";
import { membersByTeam } from "../loaders/membersByTeam.ts";
import { teamById } from "../loaders/teamById.ts";

/** The fields of a team. */
export const Team: TeamResolvers = {
  __resolveReference: ({ id }, { load }) => load(teamById, id),
  members: ({ id }, _, { load }) => load(membersByTeam, id),
};
