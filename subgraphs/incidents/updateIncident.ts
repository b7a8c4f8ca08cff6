import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import type { Severity } from "#supergraph/commands.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { LONGEST_TITLE, requireText } from "#supergraph/refusals.ts";
import { Incident } from "./entities/Incident.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";
import { lockIncident } from "./lockIncident.ts";
import { severityRank } from "./severityRank.ts";

/**
 * Changes an incident's title, summary or severity; what is left out stays, and a summary of null is taken away.
 * Throws NOT_FOUND, INVALID_ARGUMENT for an empty title.
 */
export async function updateIncident(
  db: TenantDatabase,
  by: Actor,
  what: {
    id: string;
    title?: string | null | undefined;
    summary?: string | null | undefined;
    severity?: Severity | null | undefined;
  },
): Promise<Incident> {
  if (what.title != null) requireText("title", what.title, LONGEST_TITLE);
  return db.transaction(async (tx) => {
    const incident = await lockIncident(tx, what.id);
    const after = {
      title: what.title ?? incident.title,
      summary: what.summary === undefined ? incident.summary : what.summary,
      severity: what.severity ?? incident.severity,
    };
    const changed = (["title", "summary", "severity"] as const).filter(
      (field) => after[field] !== incident[field],
    );
    if (changed.length === 0) return incident;
    const change = { ...after, severityRank: severityRank(after.severity) };
    await tx.update(Incident, { id: incident.id }, change);
    await addTimelineEntry(tx, by, {
      incidentId: incident.id,
      kind: "INCIDENT_UPDATED",
      message: changed.map((field) => `${field} is now ${after[field] ?? "empty"}`).join(", "),
      data: Object.fromEntries(changed.map((field) => [field, { from: incident[field], to: after[field] }])),
    });
    await publish(tx, incidentUpdated, { incidentId: incident.id });
    return { ...incident, ...change };
  });
}
