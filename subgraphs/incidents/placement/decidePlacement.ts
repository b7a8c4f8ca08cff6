import type { openIncident } from "#supergraph/commands.ts";
import type { z } from "zod";
import type { Incident } from "../entities/Incident.ts";
import type { IncidentAlert } from "../entities/IncidentAlert.ts";
import type { IncidentGroup } from "../entities/IncidentGroup.ts";
import type { IncidentState } from "../machines/incidentMachine.ts";

/** An alert that fires and leads to an incident, as alerts tell of it. */
export interface FiringAlert extends z.infer<(typeof openIncident)["payload"]> {
  /** When it fired this time. */
  at: Temporal.Instant;
}

/** An incident with the state it is in. */
export interface PresentIncident {
  incident: Incident;
  state: IncidentState;
}

/** What decides where a firing alert belongs. */
export interface Known {
  /** Every incident that the rest speaks of, by its id. */
  incidents: ReadonlyMap<string, PresentIncident>;
  /** Where this alert belongs, or belonged last. */
  own: IncidentAlert | null;
  /** Where the last alert of the same key belonged; may be the same as `own`. */
  before: IncidentAlert | null;
  /** Where the alerts of its group go at present. */
  group: IncidentGroup | null;
}

/** Where a firing alert belongs. */
export type AlertPlacement =
  /** It fired before somebody ended what it belongs to: that is settled. */
  | { move: "ignore" }
  /** To the incident that it belonged to last. */
  | { move: "stay"; to: PresentIncident }
  /** To an open incident; `isDamped` when it was there before and was resolved a moment ago. */
  | { move: "join"; to: PresentIncident; isDamped: boolean }
  /** To an incident that was resolved with it a moment ago. */
  | { move: "recur"; to: PresentIncident }
  /** To an incident of its own. */
  | { move: "open" };

/**
 * Decides where an alert that fires belongs: where it belonged last while that is open; else to the open incident of its
 * group; else, within its damping time, where the last alert of its key was; else to a new incident.
 */
export function decidePlacement(alert: FiringAlert, known: Known): AlertPlacement {
  const { own, before, group, incidents } = known;
  const ended = own?.leftAt ?? own?.settledAt;
  if (ended && !isAfter(alert.at, ended)) return { move: "ignore" };

  const present = own && incidents.get(own.incidentId);
  if (isOpen(present)) return { move: "stay", to: present };

  const last = before && incidents.get(before.incidentId);
  const isDamped = last != null && before !== null && isWithinDamping(alert, before, last.incident);
  const ofGroup = group && incidents.get(group.incidentId);
  if (isOpen(ofGroup) && !isAfter(Temporal.Instant.from(alert.firedAt), group!.openUntil)) {
    const wasThere = isDamped && ofGroup.incident.id === last.incident.id;
    return { move: "join", to: ofGroup, isDamped: wasThere };
  }
  if (isDamped && isOpen(last)) return { move: "join", to: last, isDamped };
  if (isDamped && last.state === "resolved" && last.incident.resolvedByAlerts)
    return { move: "recur", to: last };
  return { move: "open" };
}

/** When the damping time of an alert that belongs to this incident is over: it counts from when people were last paged. */
export function endOfDamping(incident: Incident, dampingSeconds: number): Temporal.Instant {
  return (incident.pagedAt ?? incident.createdAt).add({ seconds: dampingSeconds });
}

// What a person said is over, and fires again all the same, is news to them.
function isWithinDamping(alert: FiringAlert, before: IncidentAlert, incident: Incident): boolean {
  const wasResolvedByItsTool = before.settledAt !== null && before.settledById === null;
  if (!wasResolvedByItsTool || alert.dampingSeconds <= 0) return false;
  return !isAfter(alert.at, endOfDamping(incident, alert.dampingSeconds));
}

function isOpen(present: PresentIncident | null | undefined): present is PresentIncident {
  return present?.state === "triage" || present?.state === "active";
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}
