import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { addRotation } from "../addRotation.ts";
import { cancelOverride } from "../cancelOverride.ts";
import { createOverride } from "../createOverride.ts";
import { createSchedule } from "../createSchedule.ts";
import { deleteSchedule } from "../deleteSchedule.ts";
import { removeRotation } from "../removeRotation.ts";
import { updateRotation } from "../updateRotation.ts";
import { updateSchedule } from "../updateSchedule.ts";

/** What can be done to schedules. */
export const Mutation: MutationResolvers = {
  createSchedule: (_, { input }, { db, actor, services }) =>
    createSchedule(db, actor, input, services.people),
  updateSchedule: (_, { input }, { db, actor, services }) =>
    updateSchedule(db, actor, input, services.people),
  deleteSchedule: (_, args, { db, actor, services }) => deleteSchedule(db, actor, args, services.paths),
  addRotation: (_, args, { db, actor, services }) => addRotation(db, actor, args, services.people),
  updateRotation: (_, args, { db, actor, services }) => updateRotation(db, actor, args, services.people),
  removeRotation: (_, args, { db, actor }) => removeRotation(db, actor, args),
  createOverride: (_, { input }, { db, actor, services }) =>
    createOverride(db, actor, input, services.people),
  cancelOverride: (_, args, { db, actor }) => cancelOverride(db, actor, args),
};
