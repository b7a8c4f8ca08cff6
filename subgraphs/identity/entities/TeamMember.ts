import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Team } from "./Team.ts";
import { User } from "./User.ts";

/** That a user is in a team. */
export const TeamMember = tenantEntity({
  name: "TeamMember",
  schema: "identity",
  properties: (p) => ({ teamId: p.uuid(), userId: p.uuid() }),
  references: { teamId: () => Team, userId: () => User },
  uniques: [{ properties: ["teamId", "userId"] }],
  indexes: [{ properties: ["userId"] }],
});

/** One membership. */
export type TeamMember = Row<typeof TeamMember>;
