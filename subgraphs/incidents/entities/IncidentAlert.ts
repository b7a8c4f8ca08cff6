import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Incident } from "./Incident.ts";

/** An alert that led to an incident or joined it. An alert belongs to one incident at most. */
export const IncidentAlert = tenantEntity({
  name: "IncidentAlert",
  schema: "incidents",
  properties: (p) => ({
    incidentId: p.uuid(),
    alertId: p.uuid(),
    title: p.text(),
    addedAt: p.instant(),
    /** When it stopped firing. */
    settledAt: p.instant().nullable(),
  }),
  references: { incidentId: () => Incident },
  uniques: [{ properties: ["alertId"] }],
  indexes: [{ properties: ["incidentId", "addedAt", "id"] }],
});

/** One alert of one incident. */
export type IncidentAlert = Row<typeof IncidentAlert>;
