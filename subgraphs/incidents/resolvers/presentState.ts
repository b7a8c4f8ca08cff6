import type { IncidentState as GraphqlState } from "../schema/resolvers.generated.ts";
import type { IncidentTransition } from "../entities/IncidentTransition.ts";
import type { IncidentState } from "../machines/incidentMachine.ts";

/** What the graph, and other services, call the states. */
export const stateNames: Readonly<Record<IncidentState, GraphqlState>> = {
  triage: "TRIAGE",
  active: "ACTIVE",
  resolved: "RESOLVED",
  closed: "CLOSED",
};

/** The state an incident is in, as the graph calls it: that of its newest move. */
export function presentState(history: readonly IncidentTransition[]): GraphqlState {
  return stateNames[history.at(-1)!.toState as IncidentState];
}
