import type { Load } from "#shared/loaders/loaders.ts";
import type { Incident } from "../entities/Incident.ts";
import { incidentByAlert } from "../loaders/incidentByAlert.ts";
import { incidentById } from "../loaders/incidentById.ts";

/** The incident that an alert belongs to, or else belonged to last; null when it bothered nobody. */
export async function incidentOfAlert(load: Load, alertId: string): Promise<Incident | null> {
  const link = await load(incidentByAlert, alertId);
  return link && load(incidentById, link.incidentId);
}
