import { loadMany } from "#shared/loaders/loaders.ts";
import { Schedule } from "../entities/Schedule.ts";

/** The schedules of teams, by name. */
export const schedulesByTeam = loadMany({
  name: "schedulesByTeam",
  fetch: (db, teamIds: readonly string[]) =>
    db.find(Schedule, { teamId: { $in: [...teamIds] } }, { orderBy: { name: "asc" } }),
  key: (schedule) => schedule.teamId!,
});
