import type { Actor } from "#shared/subgraph/actor.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { wake } from "#shared/process/process.ts";
import { Incident } from "../entities/Incident.ts";
import type { PresentIncident } from "../placement/decidePlacement.ts";
import { followSeverity } from "../severity/followSeverity.ts";
import { askForPages, pagePeople } from "./pagePeople.ts";
import { dampingTimer } from "../damping/dampingTimer.ts";

/**
 * After a merge: the incident that stays is as bad as the worst of all alerts, and where nobody had taken on the other, somebody
 * is paged about this one. About one that was taken on, or that paged nobody, nobody is paged anew. Both are locked, and given as
 * they were before. The answer is the incident as it is now.
 */
export async function keepPaging(
  tx: TenantTransaction,
  by: Actor,
  from: PresentIncident,
  into: PresentIncident,
): Promise<Incident> {
  const merged = await followSeverity(tx, by, {
    ...into.incident,
    ...countsOf(from.incident, into.incident),
    resolveWithAlerts: into.incident.resolveWithAlerts && (isOver(from) || from.incident.resolveWithAlerts),
  });
  const { flapCount, pagedSeverityRank, resolveWithAlerts } = merged;
  await tx.update(Incident, { id: merged.id }, { flapCount, pagedSeverityRank, resolveWithAlerts });
  const { escalationPathId, severityRank, number } = from.incident;
  if (from.state !== "triage" || !escalationPathId) return merged;
  if (from.incident.dampedUntil) return waitAsLong(tx, from.incident, { ...into, incident: merged });
  if (isPagedFor(into, severityRank)) {
    await askForPages(tx, merged, { escalationPathId: into.incident.escalationPathId!, restarts: false });
    return merged;
  }
  const why = `nobody had taken on #${number}, which was merged into it`;
  return pagePeople(tx, by, merged, { escalationPathId, restarts: true, severityRank, why });
}

function countsOf(from: Incident, into: Incident): Pick<Incident, "flapCount" | "pagedSeverityRank"> {
  const ranks = [from.pagedSeverityRank, into.pagedSeverityRank].filter((rank) => rank !== null);
  return {
    flapCount: from.flapCount + into.flapCount,
    pagedSeverityRank: ranks.length ? Math.min(...ranks) : null,
  };
}

// What is not over with its alerts is not over with those of another. Of what is over nothing is left to be kept open.
function isOver({ state }: PresentIncident): boolean {
  return state === "resolved" || state === "closed";
}

// Whether people are being paged about it as something at least as bad. Should they all have been paged in vain, the same path
// begins anew.
function isPagedFor({ incident, state }: PresentIncident, severityRank: number): boolean {
  const { escalationPathId, pagedAt, pagedSeverityRank, dampedUntil } = incident;
  const isPaged = state === "triage" && escalationPathId !== null && pagedAt !== null && !dampedUntil;
  return isPaged && pagedSeverityRank !== null && pagedSeverityRank <= severityRank;
}

// Nobody was to be paged about the other yet: nor is anybody about this one, where nobody is, and it is not taken on.
async function waitAsLong(
  tx: TenantTransaction,
  { dampedUntil, escalationPathId }: Incident,
  { incident, state }: PresentIncident,
): Promise<Incident> {
  if (state !== "triage" || incident.pagedAt !== null || !dampedUntil) return incident;
  const change = { dampedUntil, escalationPathId };
  await tx.update(Incident, { id: incident.id }, change);
  await wake(tx, dampingTimer, incident.id, dampedUntil);
  return { ...incident, ...change };
}
