import { loadThrough } from "#shared/loaders/loadThrough.ts";
import { Team } from "../entities/Team.ts";
import { TeamMember } from "../entities/TeamMember.ts";

/** The teams that users are in, by name. */
export const teamsByUser = loadThrough({
  name: "teamsByUser",
  entity: Team,
  through: { entity: TeamMember, parent: "userId", child: "teamId" },
  orderBy: "name",
});
