import type { IncidentState } from "./incidentMachine.ts";

/** A state as the graph, and other services, call it. */
export type StateName = Uppercase<IncidentState>;

/** What the graph, and other services, call the states. */
export const stateNames: { readonly [State in IncidentState]: Uppercase<State> } = {
  triage: "TRIAGE",
  active: "ACTIVE",
  resolved: "RESOLVED",
  closed: "CLOSED",
};
