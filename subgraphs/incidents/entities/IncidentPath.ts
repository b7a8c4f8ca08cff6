import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Incident } from "./Incident.ts";

/** An escalation path along which people were paged about an incident. */
export const IncidentPath = tenantEntity({
  name: "IncidentPath",
  schema: "incidents",
  properties: (p) => ({ incidentId: p.uuid(), escalationPathId: p.uuid() }),
  references: { incidentId: () => Incident },
  uniques: [{ properties: ["escalationPathId", "incidentId"] }],
  indexes: [{ properties: ["incidentId"] }],
});

/** One path along which people were paged about one incident. */
export type IncidentPath = Row<typeof IncidentPath>;
