import type { QueryResolvers } from "../schema/resolvers.generated.ts";
import { listSchedules } from "../listSchedules.ts";
import { scheduleById } from "../loaders/scheduleById.ts";

/** What can be asked of schedules. */
export const Query: QueryResolvers = {
  schedule: (_, { id }, { load }) => load(scheduleById, id),
  schedules: (_, args, { db }) => listSchedules(db, args),
};
