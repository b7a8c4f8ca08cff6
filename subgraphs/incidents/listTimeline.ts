import { connectionBy } from "#shared/subgraph/connection.ts";
import { TimelineEntry } from "./entities/TimelineEntry.ts";

/** A page of an incident's timeline, the oldest first. */
export const listTimeline = connectionBy({
  name: "timelineByIncident",
  entity: TimelineEntry,
  parent: "incidentId",
  orderBy: { occurredAt: "ASCENDING" },
});
