import type { EscalationTransitionResolvers } from "../schema/resolvers.generated.ts";
import { personOf, presentEscalationState } from "./presentStates.ts";

/** The fields of a move. */
export const EscalationTransition: EscalationTransitionResolvers = {
  from: ({ fromState }) => (fromState === null ? null : presentEscalationState(fromState)),
  to: ({ toState }) => presentEscalationState(toState),
  by: (transition) => personOf(transition),
};
