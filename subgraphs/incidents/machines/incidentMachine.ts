import { defineMachine, type State } from "#shared/machine/machine.ts";
import { IncidentTransition } from "../entities/IncidentTransition.ts";

/**
 * What can happen to an incident. It is raised when it gets worse than whoever took it
 * on was paged for, and recurs when an alert that was just resolved fires again. People change their minds, so what was
 * resolved or closed can be reopened.
 */
export const incidentMachine = defineMachine({
  name: "incident",
  initial: "triage",
  states: {
    triage: "Nobody has taken it yet.",
    active: "Somebody acknowledged it and works on it.",
    resolved: "It is over; what follows is writing it up.",
    closed: "Written up, or merged into another.",
  },
  moves: {
    acknowledge: { from: ["triage"], to: "active" },
    resolve: { from: ["triage", "active"], to: "resolved" },
    close: { from: ["resolved"], to: "closed" },
    merge: { from: ["triage", "active", "resolved"], to: "closed" },
    raise: { from: ["active"], to: "triage" },
    recur: { from: ["resolved"], to: "triage" },
    reopen: { from: ["resolved", "closed"], to: "active" },
  },
  transitions: IncidentTransition,
  parent: "incidentId",
});

/** A state an incident can be in. */
export type IncidentState = State<typeof incidentMachine>;
