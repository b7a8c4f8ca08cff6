import { loadOne } from "#shared/loaders/loaders.ts";
import { Incident } from "../entities/Incident.ts";

/** Incidents by their id. */
export const incidentById = loadOne({
  name: "incidentById",
  fetch: (db, ids: readonly string[]) => db.find(Incident, { id: { $in: [...ids] } }),
  key: (incident) => incident.id,
});
