import type { EscalationTransition } from "../entities/EscalationTransition.ts";
import type { PageTransition } from "../entities/PageTransition.ts";
import type { EscalationState, PageState } from "../schema/resolvers.generated.ts";

/** A state of an escalation as the graph calls it. */
export function presentEscalationState(state: string): EscalationState {
  return state.toUpperCase() as EscalationState;
}

/** The state an escalation is in: that of its newest move. */
export function escalationStateOf(history: readonly EscalationTransition[]): EscalationState {
  return presentEscalationState(history.at(-1)!.toState);
}

/** The state a page is in: that of its newest move. */
export function pageStateOf(history: readonly PageTransition[]): PageState {
  return history.at(-1)!.toState.toUpperCase() as PageState;
}

/** Who acknowledged an escalation; null when nobody has, or no person did. */
export function acknowledgedBy(history: readonly EscalationTransition[]): { id: string } | null {
  const answer = history.findLast((transition) => transition.move === "acknowledge");
  return answer ? personOf(answer) : null;
}

/** The person who made a move; null when the system did. */
export function personOf({ by }: EscalationTransition): { id: string } | null {
  return by.kind === "user" ? { id: by.id } : null;
}
