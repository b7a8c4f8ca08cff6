import { loadOne } from "#shared/loaders/loaders.ts";
import { stretchOf, touches } from "../arithmetic/intervals.ts";
import { Override } from "../entities/Override.ts";
import { windowKey, type Window } from "./calendarByWindow.ts";

/** The overrides of schedules that touch given times, by their beginning. */
export const overridesBySchedule = loadOne({
  name: "overridesBySchedule",
  async fetch(db, windows: readonly Window[]) {
    const scheduleIds = [...new Set(windows.map((window) => window.scheduleId))];
    const touching = windows.map(({ from, to }) => ({ from: { $lt: to }, to: { $gt: from } }));
    const where = { scheduleId: { $in: scheduleIds }, $or: touching };
    const found = await db.find(Override, where, { orderBy: { from: "asc" } });
    const own = Map.groupBy(found, ({ scheduleId }) => scheduleId);
    return windows.map((window) => {
      const asked = stretchOf(window);
      const overrides = (own.get(window.scheduleId) ?? []).filter((it) => touches(stretchOf(it), asked));
      return { ...window, overrides };
    });
  },
  key: (answer) => windowKey(answer),
  cacheKey: windowKey,
});
