import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { Schedule } from "./entities/Schedule.ts";

/** The schedules that belong to any of these teams, by name; all of them when the limit is 0 or less. */
export async function findSchedulesOfTeams(
  db: TenantDatabase,
  { teamIds, limit }: { teamIds: readonly string[]; limit: number },
): Promise<{ id: string; name: string; teamId: string }[]> {
  const found = await db.find(
    Schedule,
    { teamId: { $in: teamIds } },
    { orderBy: { name: "asc" }, ...(limit > 0 && { limit }) },
  );
  return found.map(({ id, name, teamId }) => ({ id, name, teamId: teamId ?? "" }));
}
