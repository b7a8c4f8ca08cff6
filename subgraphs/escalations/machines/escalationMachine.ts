import { defineMachine, type State } from "#shared/machine/machine.ts";
import { EscalationTransition } from "../entities/EscalationTransition.ts";

/** What can happen to an escalation. */
export const escalationMachine = defineMachine({
  name: "escalation",
  initial: "pending",
  states: {
    pending: "Accepted, nobody paged yet.",
    triggered: "People are being paged.",
    undeliverable: "Nobody could be reached in a whole round; it is tried again.",
    acknowledged: "Somebody answered.",
    expired: "Nobody answered.",
    resolved: "The incident is over.",
    cancelled: "Another run took its place.",
  },
  moves: {
    trigger: { from: ["pending"], to: "triggered" },
    fail: { from: ["pending", "triggered"], to: "undeliverable" },
    recover: { from: ["undeliverable"], to: "triggered" },
    acknowledge: { from: ["pending", "triggered", "undeliverable", "expired"], to: "acknowledged" },
    expire: { from: ["pending", "triggered", "undeliverable"], to: "expired" },
    resolve: { from: ["pending", "triggered", "undeliverable", "acknowledged", "expired"], to: "resolved" },
    cancel: { from: ["pending", "triggered", "undeliverable"], to: "cancelled" },
  },
  transitions: EscalationTransition,
  parent: "escalationId",
});

/** A state an escalation can be in. */
export type EscalationState = State<typeof escalationMachine>;

/** The states in which people are still to be paged. */
export const RUNNING = ["pending", "triggered", "undeliverable"] as const satisfies EscalationState[];

/** The states in which an answer still counts. */
export const ANSWERABLE = [...RUNNING, "expired"] as const satisfies EscalationState[];

/** The states of an escalation that has not ended. */
export const NOT_OVER = [...ANSWERABLE, "acknowledged"] as const satisfies EscalationState[];

/** Whether people are still to be paged. */
export function isRunning(state: EscalationState | null | undefined): boolean {
  return RUNNING.some((running) => running === state);
}
