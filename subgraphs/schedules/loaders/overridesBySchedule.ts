import { loadOne } from "#shared/loaders/loaders.ts";
import { intersect } from "../arithmetic/intervals.ts";
import { Override } from "../entities/Override.ts";
import { windowKey, type Window } from "./shiftsBySchedule.ts";

/** The overrides of schedules that touch given times, by their beginning. */
export const overridesBySchedule = loadOne({
  name: "overridesBySchedule",
  async fetch(db, windows: readonly Window[]) {
    const scheduleIds = [...new Set(windows.map((window) => window.scheduleId))];
    const touching = windows.map(({ from, to }) => ({ from: { $lt: to }, to: { $gt: from } }));
    const where = { scheduleId: { $in: scheduleIds }, $or: touching };
    const found = await db.find(Override, where, { orderBy: { from: "asc" } });
    return windows.map((window) => ({
      ...window,
      overrides: found.filter(
        ({ scheduleId, ...it }) => scheduleId === window.scheduleId && intersect(it, window),
      ),
    }));
  },
  key: (answer) => windowKey(answer),
  cacheKey: windowKey,
});
