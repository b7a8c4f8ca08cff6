import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { LONGEST_TEXT, requireText } from "#supergraph/domainErrors.ts";
import type { TimelineEntry } from "./entities/TimelineEntry.ts";
import { addTimelineEntry } from "./changes/addTimelineEntry.ts";
import { lockIncident } from "./rules/lockIncident.ts";

/** Adds what somebody has to say to the timeline. Throws NOT_FOUND, INVALID_ARGUMENT for an empty note. */
export async function addTimelineNote(
  db: TenantDatabase,
  by: Actor,
  what: { incidentId: string; message: string },
): Promise<TimelineEntry> {
  requireText("message", what.message, LONGEST_TEXT);
  return db.transaction(async (tx) => {
    const incident = await lockIncident(tx, what.incidentId);
    return addTimelineEntry(tx, by, { incidentId: incident.id, kind: "NOTE", message: what.message });
  });
}
