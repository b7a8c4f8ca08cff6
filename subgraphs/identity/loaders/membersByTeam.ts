import { loadMany } from "#shared/loaders/loaders.ts";
import type { User } from "../entities/User.ts";

/** The people of teams, by name. */
export const membersByTeam = loadMany({
  name: "membersByTeam",
  fetch: (db, teamIds: readonly string[]) => db.sql<User & { teamId: string }>`
    select team_member.team_id as "teamId", user_account.tenant_id as "tenantId", user_account.id, email, name,
      time_zone as "timeZone", state, created_at as "createdAt"
    from identity.team_member
    join identity.user_account
      on user_account.tenant_id = team_member.tenant_id and user_account.id = team_member.user_id
    where team_member.tenant_id = ${db.tenantId} and team_member.team_id = any (${teamIds}::uuid[])
    order by name, user_account.id`,
  key: (member) => member.teamId,
});
