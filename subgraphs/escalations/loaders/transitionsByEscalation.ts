import { loadMany } from "#shared/loaders/loaders.ts";
import { EscalationTransition } from "../entities/EscalationTransition.ts";

/** Every move of escalations, the oldest first. */
export const transitionsByEscalation = loadMany({
  name: "transitionsByEscalation",
  fetch: (db, ids: readonly string[]) =>
    db.find(EscalationTransition, { escalationId: { $in: [...ids] } }, { orderBy: { sortKey: "asc" } }),
  key: (transition) => transition.escalationId,
});
