import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Incident } from "./Incident.ts";

/** What a timeline tells of: the values of the GraphQL enum. */
export const timelineEntryKinds = [
  "INCIDENT_CREATED",
  "INCIDENT_STATE_CHANGED",
  "INCIDENT_UPDATED",
  "INCIDENT_MERGED",
  "LEAD_ASSIGNED",
  "ALERT_ADDED",
  "ALERT_RESOLVED",
  "ESCALATION_STARTED",
  "LEVEL_REACHED",
  "NOBODY_ON_CALL",
  "PAGE_SENT",
  "PAGE_FAILED",
  "PAGE_CANCELLED",
  "ESCALATION_UNDELIVERABLE",
  "ESCALATION_EXPIRED",
  "ADMINISTRATORS_TOLD",
  "ESCALATION_ACKNOWLEDGED",
  "ESCALATION_ENDED",
  "NOTE",
] as const;

/** What one timeline entry tells of. */
export type TimelineEntryKind = (typeof timelineEntryKinds)[number];

/** Something that happened in an incident. Never changed, never deleted. */
export const TimelineEntry = tenantEntity({
  name: "TimelineEntry",
  schema: "incidents",
  properties: (p) => ({
    incidentId: p.uuid(),
    kind: p.text().$type<TimelineEntryKind>(),
    message: p.text(),
    occurredAt: p.instant(),
    /** The person who did it; null when the system or a machine did. */
    actorId: p.uuid().nullable(),
    data: p.json().$type<Record<string, unknown>>(),
  }),
  references: { incidentId: () => Incident },
  indexes: [{ properties: ["incidentId", "occurredAt", "id"] }],
});

/** One entry of one timeline. */
export type TimelineEntry = Row<typeof TimelineEntry>;
