import { loadMany } from "#shared/loaders/loaders.ts";
import type { Team } from "../entities/Team.ts";

/** The teams that users are in, by name. */
export const teamsByUser = loadMany({
  name: "teamsByUser",
  fetch: (db, userIds: readonly string[]) => db.sql<Team & { userId: string }>`
    select team_member.user_id as "userId", team.tenant_id as "tenantId", team.id, name, created_at as "createdAt"
    from identity.team_member
    join identity.team on team.tenant_id = team_member.tenant_id and team.id = team_member.team_id
    where team_member.tenant_id = ${db.tenantId} and team_member.user_id = any (${userIds}::uuid[])
    order by name`,
  key: (team) => team.userId,
});
