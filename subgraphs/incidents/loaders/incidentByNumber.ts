import { loadOne } from "#shared/loaders/loaders.ts";
import { Incident } from "../entities/Incident.ts";

/** Incidents by their number. */
export const incidentByNumber = loadOne({
  name: "incidentByNumber",
  fetch: (db, numbers: readonly number[]) => db.find(Incident, { number: { $in: [...numbers] } }),
  key: (incident) => incident.number,
});
