import type { IncidentTransition } from "./entities/IncidentTransition.ts";
import type { IncidentState } from "./machines/incidentMachine.ts";

const order: readonly IncidentState[] = ["triage", "active", "resolved", "closed"];

/**
 * When an incident reached a state that it has not gone back behind; null when it has not. Of an incident that was
 * reopened, the time it was first acknowledged counts, and the times it was resolved and closed before do not.
 */
export function whenReached(
  history: readonly IncidentTransition[],
  state: IncidentState,
): Temporal.Instant | null {
  const rank = (name: string | null) => order.indexOf(name as IncidentState);
  const wentBack = history.findLastIndex(({ toState }) => rank(toState) < rank(state));
  const since = history.slice(wentBack + 1);
  return since.find(({ toState }) => toState === state)?.at ?? null;
}
