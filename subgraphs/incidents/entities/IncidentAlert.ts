import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Incident } from "./Incident.ts";

/** An alert that led to an incident or joined it: over time to several, at any moment to one at most. */
export const IncidentAlert = tenantEntity({
  name: "IncidentAlert",
  schema: "incidents",
  properties: (p) => ({
    incidentId: p.uuid(),
    alertId: p.uuid(),
    /** The same for each alert of a source's dedup key; null for those that joined before it was told. */
    alertKey: p.text().nullable(),
    /** Whence it came, and what its source gave it; null for those that joined before it was told. */
    sourceId: p.uuid().nullable(),
    labels: p.json().$type<Record<string, string>>().nullable(),
    title: p.text(),
    /** How bad the alert is by itself: 1 for CRITICAL. */
    severityRank: p.smallint().nullable(),
    /** How bad it was here at its worst; null for those that joined before it was noted. */
    worstSeverityRank: p.smallint().nullable(),
    addedAt: p.instant(),
    /** When it stopped firing. */
    settledAt: p.instant().nullable(),
    /** The person who said that it is over; null when its tool did. */
    settledById: p.uuid().nullable(),
    /** When it stopped belonging here while it fired; null as long as it belongs here. */
    leftAt: p.instant().nullable(),
  }),
  references: { incidentId: () => Incident },
  uniques: [
    { properties: ["incidentId", "alertId"] },
    { properties: ["alertId"], where: "left_at is null", name: "incident_alert_current_unique" },
  ],
  indexes: [
    { properties: ["incidentId", "addedAt", "id"] },
    { properties: ["incidentId", "severityRank"], where: "settled_at is null and left_at is null" },
    { properties: ["alertId", "addedAt"] },
    { properties: ["alertKey", "addedAt"] },
    { properties: ["sourceId", "incidentId"] },
  ],
  acrossIndexes: [{ properties: ["labels"], type: "gin" }],
});

/** One alert of one incident. */
export type IncidentAlert = Row<typeof IncidentAlert>;
