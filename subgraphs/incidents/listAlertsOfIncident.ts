import { connectionBy } from "#shared/subgraph/connection.ts";
import { IncidentAlert } from "./entities/IncidentAlert.ts";

/** A page of an incident's alerts, in the order in which they joined it. */
export const listAlertsOfIncident = connectionBy({
  name: "alertsByIncident",
  entity: IncidentAlert,
  parent: "incidentId",
  orderBy: { addedAt: "ASCENDING" },
  node: ({ alertId }) => ({ id: alertId }),
  edge: ({ addedAt, settledAt, leftAt }) => ({ addedAt, settledAt, leftAt }),
});
