import { loadOne } from "#shared/loaders/loaders.ts";
import { Schedule } from "../entities/Schedule.ts";

/** Schedules by their id. */
export const scheduleById = loadOne({
  name: "scheduleById",
  fetch: (db, ids: readonly string[]) => db.find(Schedule, { id: { $in: [...ids] } }),
  key: (schedule) => schedule.id,
});
