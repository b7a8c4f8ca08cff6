import { loadMany } from "#shared/loaders/loaders.ts";
import { IncidentTransition } from "../entities/IncidentTransition.ts";

/** Every move of incidents, the oldest first: the state, and when it was reached, are read off them. */
export const transitionsByIncident = loadMany({
  name: "transitionsByIncident",
  fetch: (db, incidentIds: readonly string[]) =>
    db.find(IncidentTransition, { incidentId: { $in: [...incidentIds] } }, { orderBy: { sortKey: "asc" } }),
  key: (transition) => transition.incidentId,
});
