import type { EscalationTargetResolvers } from "../schema/resolvers.generated.ts";

/** The fields of a target. */
export const EscalationTarget: EscalationTargetResolvers = {
  user: ({ userId }) => (userId === null ? null : { id: userId }),
  schedule: ({ scheduleId }) => (scheduleId === null ? null : { id: scheduleId }),
};
