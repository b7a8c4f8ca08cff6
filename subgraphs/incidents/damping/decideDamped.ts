import type { Incident } from "../entities/Incident.ts";
import type { IncidentState } from "../machines/incidentMachine.ts";

/** An incident with what the decision about its damped alerts hangs on. */
export interface DampedIncident {
  incident: Incident;
  state: IncidentState | null;
  /** Whether any of its alerts fires. */
  isFiring: boolean;
}

/** What to do about an incident of which alerts are damped. */
export interface DampingDecision {
  /** Whether people are paged now. */
  pages: boolean;
  nextWakeAt: Temporal.Instant | null;
}

/** Decides whether the time has come to page about an incident whose alerts were damped: they fire still, and nobody took it on. */
export function decideDamped(
  { incident, state, isFiring }: DampedIncident,
  now: Temporal.Instant,
): DampingDecision {
  const { dampedUntil } = incident;
  if (dampedUntil === null || state !== "triage" || !isFiring) return { pages: false, nextWakeAt: null };
  if (Temporal.Instant.compare(now, dampedUntil) < 0) return { pages: false, nextWakeAt: dampedUntil };
  return { pages: true, nextWakeAt: null };
}
