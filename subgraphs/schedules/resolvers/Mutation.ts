import { creates } from "#shared/subgraph/creates.ts";
import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { addRotation } from "../addRotation.ts";
import { cancelOverride } from "../cancelOverride.ts";
import { createOverride } from "../createOverride.ts";
import { createSchedule } from "../createSchedule.ts";
import { deleteSchedule } from "../deleteSchedule.ts";
import { overrideById } from "../loaders/overrideById.ts";
import { rotationById } from "../loaders/rotationById.ts";
import { scheduleById } from "../loaders/scheduleById.ts";
import { removeRotation } from "../removeRotation.ts";
import { updateRotation } from "../updateRotation.ts";
import { updateSchedule } from "../updateSchedule.ts";

/** What can be done to schedules. */
export const Mutation: MutationResolvers = {
  createSchedule: creates("schedule", scheduleById, (db, { actor, services }, input) =>
    createSchedule(db, actor, input, services.people),
  ),
  updateSchedule: async (_, { input }, { db, actor, services }) => ({
    schedule: await updateSchedule(db, actor, input, services.people),
  }),
  deleteSchedule: async (_, { input }, { db, actor, services }) => ({
    deletedScheduleId: await deleteSchedule(db, actor, input, services.paths),
  }),
  addRotation: creates("rotation", rotationById, (db, { actor, services }, input) =>
    addRotation(db, actor, input, services.people),
  ),
  updateRotation: async (_, { input }, { db, actor, services }) => ({
    rotation: await updateRotation(db, actor, input, services.people),
  }),
  removeRotation: (_, { input }, { db, actor }) => removeRotation(db, actor, input),
  createOverride: creates("override", overrideById, (db, { actor, services }, input) =>
    createOverride(db, actor, input, services.people),
  ),
  cancelOverride: (_, { input }, { db, actor }) => cancelOverride(db, actor, input),
};
