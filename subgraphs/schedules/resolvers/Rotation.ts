import { scheduleById } from "../loaders/scheduleById.ts";
import type { RotationResolvers } from "../schema/resolvers.generated.ts";

/** The fields of a rotation. */
export const Rotation: RotationResolvers = {
  schedule: async ({ scheduleId }, _, { load }) => (await load(scheduleById, scheduleId))!,
  participants: ({ participantIds }) => participantIds.map((id) => ({ id })),
};
