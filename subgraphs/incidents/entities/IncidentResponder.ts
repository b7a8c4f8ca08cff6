import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Incident } from "./Incident.ts";

/** A person who was paged about an incident, or acknowledged it. */
export const IncidentResponder = tenantEntity({
  name: "IncidentResponder",
  schema: "incidents",
  properties: (p) => ({ incidentId: p.uuid(), userId: p.uuid() }),
  references: { incidentId: () => Incident },
  uniques: [{ properties: ["userId", "incidentId"] }],
  indexes: [{ properties: ["incidentId"] }],
});

/** One person who was paged about one incident, or acknowledged it. */
export type IncidentResponder = Row<typeof IncidentResponder>;
