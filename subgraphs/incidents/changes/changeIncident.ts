import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { send } from "#shared/process/commands.ts";
import { publish } from "#shared/pubsub/pubsub.ts";
import { updateEscalations } from "#supergraph/commands.ts";
import { incidentUpdated } from "#supergraph/events.ts";
import { Incident } from "../entities/Incident.ts";
import { addTimelineEntry } from "./addTimelineEntry.ts";
import { escalationKey } from "../paging/escalationKey.ts";
import { severityRank } from "../severity/severityRank.ts";

const fields = ["title", "summary", "severity"] as const;

/**
 * The only way an incident, which is locked, is called something else or gets better or worse: the timeline is told, and so are
 * escalations, whose pages say what holds when they go out. The answer is the incident as it is now.
 */
export async function changeIncident(
  tx: TenantTransaction,
  by: Actor,
  incident: Incident,
  change: Partial<Pick<Incident, (typeof fields)[number]>>,
  /** What it follows, for the timeline; left out when somebody wanted it. */
  follows?: string,
): Promise<Incident> {
  const after = { ...incident, ...change };
  const changed = fields.filter((field) => after[field] !== incident[field]);
  if (changed.length === 0) return incident;
  const { id: incidentId, title, summary, severity } = after;
  const columns = { title, summary, severity, severityRank: severityRank(severity) };
  await tx.update(Incident, { id: incidentId }, columns);
  const told = changed.map((field) => `${field} is now ${after[field] ?? "empty"}`).join(", ");
  await addTimelineEntry(tx, by, {
    incidentId,
    kind: "INCIDENT_UPDATED",
    message: follows ? `${told}, as ${follows} say` : told,
    data: Object.fromEntries(changed.map((field) => [field, { from: incident[field], to: after[field] }])),
  });
  if (title !== incident.title || severity !== incident.severity)
    await send(tx, updateEscalations, { incidentId, title, severity }, { key: escalationKey(incidentId) });
  await publish(tx, incidentUpdated, { incidentId });
  return { ...after, ...columns };
}
