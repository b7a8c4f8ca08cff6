import type { TeamResolvers } from "../schema/resolvers.generated.ts";
import { schedulesByTeam } from "../loaders/schedulesByTeam.ts";

/** What schedules add to a team. */
export const Team: TeamResolvers = {
  schedules: ({ id }, _, { load }) => load(schedulesByTeam, id),
};
