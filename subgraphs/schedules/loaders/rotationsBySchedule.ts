import { loadMany } from "#shared/loaders/loaders.ts";
import { Rotation } from "../entities/Rotation.ts";

/** The rotations of schedules, in the order in which they were added. */
export const rotationsBySchedule = loadMany({
  name: "rotationsBySchedule",
  fetch: (db, scheduleIds: readonly string[]) =>
    db.find(Rotation, { scheduleId: { $in: [...scheduleIds] } }, { orderBy: { position: "asc" } }),
  key: (rotation) => rotation.scheduleId,
});
