import { connectionBy } from "#shared/subgraph/connection.ts";
import { TeamMember } from "./entities/TeamMember.ts";
import { User } from "./entities/User.ts";

/** A page of the people in a team, by name. */
export const listTeamMembers = connectionBy({
  name: "membersByTeam",
  entity: User,
  through: { entity: TeamMember, parent: "teamId", child: "userId" },
  orderBy: { name: "ASCENDING" },
});
