import { loadMany } from "#shared/loaders/loaders.ts";
import { Escalation } from "../entities/Escalation.ts";

/** The escalations of incidents, the oldest first. */
export const escalationsByIncident = loadMany({
  name: "escalationsByIncident",
  fetch: (db, incidentIds: readonly string[]) =>
    db.find(
      Escalation,
      { incidentId: { $in: [...incidentIds] } },
      { orderBy: { startedAt: "asc", id: "asc" } },
    ),
  key: (escalation) => escalation.incidentId,
});
