import type { TimelineEntryResolvers } from "../schema/resolvers.generated.ts";

/** The fields of a timeline entry. */
export const TimelineEntry: TimelineEntryResolvers = {
  actor: ({ actorId }) => actorId && { id: actorId },
};
