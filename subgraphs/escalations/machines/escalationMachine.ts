import { defineMachine, type State } from "#shared/machine/machine.ts";
import { EscalationTransition } from "../entities/EscalationTransition.ts";

/** What can happen to an escalation. */
export const escalationMachine = defineMachine({
  name: "escalation",
  initial: "pending",
  states: {
    pending: "Accepted, nobody paged yet.",
    triggered: "People are being paged.",
    acknowledged: "Somebody answered.",
    resolved: "The incident is over.",
    expired: "Nobody answered.",
  },
  moves: {
    trigger: { from: ["pending"], to: "triggered" },
    acknowledge: { from: ["pending", "triggered"], to: "acknowledged" },
    resolve: { from: ["pending", "triggered", "acknowledged"], to: "resolved" },
    expire: { from: ["pending", "triggered"], to: "expired" },
  },
  transitions: EscalationTransition,
  parent: "escalationId",
});

/** A state an escalation can be in. */
export type EscalationState = State<typeof escalationMachine>;

/** Whether people are still to be paged. */
export function isRunning(state: EscalationState | null | undefined): boolean {
  return state === "pending" || state === "triggered";
}
