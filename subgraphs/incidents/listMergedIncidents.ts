import { connectionBy } from "#shared/subgraph/connection.ts";
import { Incident } from "./entities/Incident.ts";

/** A page of the incidents that were merged into one, by number. */
export const listMergedIncidents = connectionBy({
  name: "incidentsMergedInto",
  entity: Incident,
  parent: "mergedIntoId",
  orderBy: { number: "ASCENDING" },
});
