import { loadMany } from "#shared/loaders/loaders.ts";
import { Incident } from "../entities/Incident.ts";

/** The incidents that were merged into others, by number. */
export const incidentsMergedInto = loadMany({
  name: "incidentsMergedInto",
  fetch: (db, ids: readonly string[]) =>
    db.find(Incident, { mergedIntoId: { $in: [...ids] } }, { orderBy: { number: "asc" } }),
  key: (incident) => incident.mergedIntoId!,
});
