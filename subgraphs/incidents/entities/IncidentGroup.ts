import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Incident } from "./Incident.ts";

/** Where the alerts of a group go at present: into this incident, until its window has passed or the incident is over. */
export const IncidentGroup = tenantEntity({
  name: "IncidentGroup",
  schema: "incidents",
  properties: (p) => ({
    key: p.text(),
    incidentId: p.uuid(),
    /** The window counts from the last alert. */
    openUntil: p.instant(),
  }),
  references: { incidentId: () => Incident },
  uniques: [{ properties: ["key"] }],
  indexes: [{ properties: ["incidentId"] }],
});

/** The present incident of one group. */
export type IncidentGroup = Row<typeof IncidentGroup>;
