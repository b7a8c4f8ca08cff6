import type { EscalationTargetResolvers } from "../schema/resolvers.generated.ts";

/** Which of the two a target is. */
export const EscalationTarget: EscalationTargetResolvers = {
  __resolveType: (target) =>
    "__typename" in target && target.__typename === "Schedule" ? "Schedule" : "User",
};
