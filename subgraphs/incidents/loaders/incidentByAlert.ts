import { loadOne } from "#shared/loaders/loaders.ts";
import { IncidentAlert } from "../entities/IncidentAlert.ts";

/** To which incident alerts belong. */
export const incidentByAlert = loadOne({
  name: "incidentByAlert",
  fetch: (db, alertIds: readonly string[]) => db.find(IncidentAlert, { alertId: { $in: [...alertIds] } }),
  key: (link) => link.alertId,
});
