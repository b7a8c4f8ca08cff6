import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { Schedule } from "./entities/Schedule.ts";

/** The first twenty schedules that belong to any of these teams, by name. */
export async function findSchedulesOfTeams(
  db: TenantDatabase,
  teamIds: readonly string[],
): Promise<{ id: string; name: string; teamId: string }[]> {
  const found = await db.find(
    Schedule,
    { teamId: { $in: teamIds } },
    { orderBy: { name: "asc" }, limit: 20 },
  );
  return found.map(({ id, name, teamId }) => ({ id, name, teamId: teamId ?? "" }));
}
