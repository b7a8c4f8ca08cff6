import { loadOne } from "#shared/loaders/loaders.ts";
import { TimelineEntry } from "../entities/TimelineEntry.ts";

/** Timeline entries by their id. */
export const timelineEntryById = loadOne({
  name: "timelineEntryById",
  fetch: (db, ids: readonly string[]) => db.find(TimelineEntry, { id: { $in: [...ids] } }),
  key: (entry) => entry.id,
});
