import type { IncidentTransition } from "../entities/IncidentTransition.ts";
import type { IncidentState } from "../machines/incidentMachine.ts";
import { stateNames, type StateName } from "../machines/stateNames.ts";

/** The state an incident is in, as the graph calls it: that of its newest move. */
export function presentState(history: readonly IncidentTransition[]): StateName {
  return stateNames[history.at(-1)!.toState as IncidentState];
}
