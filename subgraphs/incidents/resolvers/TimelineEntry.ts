import { reference } from "#shared/subgraph/reference.ts";
import type { TimelineEntryResolvers } from "../schema/resolvers.generated.ts";

/** The fields of a timeline entry. */
export const TimelineEntry: TimelineEntryResolvers = {
  actor: ({ actorId }) => reference(actorId),
};
