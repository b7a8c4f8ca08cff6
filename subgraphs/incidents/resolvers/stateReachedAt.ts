import type { IncidentTransition } from "../entities/IncidentTransition.ts";
import type { IncidentState } from "../machines/incidentMachine.ts";

const order: readonly IncidentState[] = ["triage", "active", "resolved", "closed"];

/**
 * When an incident reached a state that it has not gone back behind; null when it has not. Of an incident that was
 * reopened, the time it was first acknowledged counts, and the times it was resolved and closed before do not; of one that
 * went back to triage, neither does.
 */
export function stateReachedAt(
  history: readonly IncidentTransition[],
  state: IncidentState,
): Temporal.Instant | null {
  return moveThatReached(history, state)?.at ?? null;
}

/** Who acknowledged an incident, or reopened it, if that was a person and it has not gone back to triage since. */
export function whoAcknowledged(history: readonly IncidentTransition[]): string | null {
  const by = moveThatReached(history, "active")?.by;
  return by?.kind === "user" ? by.id : null;
}

function moveThatReached(history: readonly IncidentTransition[], state: IncidentState) {
  const rank = (name: string | null) => order.indexOf(name as IncidentState);
  const wentBack = history.findLastIndex(({ toState }) => rank(toState) < rank(state));
  return history.slice(wentBack + 1).find(({ toState }) => toState === state);
}
