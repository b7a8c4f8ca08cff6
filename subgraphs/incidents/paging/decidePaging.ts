import type { RepagePolicy } from "#supergraph/commands.ts";
import type { Incident } from "../entities/Incident.ts";
import type { IncidentState } from "../machines/incidentMachine.ts";

/** An alert that fires in an incident that is open already, and that incident as it was before. */
export interface FiringInOpenIncident {
  incident: Incident;
  state: IncidentState;
  /** The worst of the alerts that fired before it, where a person said how bad the incident is; null when none did. */
  worstBefore: number | null;
  severityRank: number;
  repage: RepagePolicy;
  /** Whether it was not firing here before. */
  isNew: boolean;
  /** Whether it was as bad here before within its damping time: it was resolved and fires again, or had got better. */
  isDamped: boolean;
}

/**
 * What an alert that fires in an open incident means for paging: nothing, that people are paged unless they are being paged
 * already (`page`), that those who are being paged about something as bad go on being paged (`goOn`), or that people are paged
 * anew from the first level (`pageAnew`). Whether there is a path is not asked here.
 */
export function decidePaging(alert: FiringInOpenIncident): "nothing" | "page" | "goOn" | "pageAnew" {
  const { incident, state, severityRank, repage, isNew, isDamped } = alert;
  const isMore = incident.pagedSeverityRank === null || severityRank < incident.pagedSeverityRank;
  if (isDamped && !isMore) return "nothing";
  // Nobody was paged yet, or not since it recurred.
  if (state === "triage" && (incident.pagedAt === null || incident.dampedUntil !== null)) return "page";
  if (repage !== "NEVER" && severityRank < severityBefore(alert)) {
    // It only was less bad for a while. Begun anew each time, nobody beyond the first level would ever be paged.
    return state === "triage" && !isMore ? "goOn" : "pageAnew";
  }
  return repage === "ON_EACH_ALERT" && isNew ? "page" : "nothing";
}

// A person who called it less bad than its alerts are has seen those, and none that is worse.
function severityBefore({ incident, worstBefore }: FiringInOpenIncident): number {
  if (!incident.severitySetByPerson) return incident.severityRank;
  return Math.min(incident.severityRank, worstBefore ?? incident.severityRank);
}
