import type { ShiftResolvers } from "../schema/resolvers.generated.ts";
import { canBePaged } from "../loaders/canBePaged.ts";
import { overrideById } from "../loaders/overrideById.ts";
import { rotationById } from "../loaders/rotationById.ts";
import { scheduleById } from "../loaders/scheduleById.ts";

/** The fields of a shift. */
export const Shift: ShiftResolvers = {
  canBePaged: ({ userId }, _, context) => canBePaged(context, userId),
  user: ({ userId }) => ({ id: userId }),
  schedule: async ({ scheduleId }, _, { load }) => (await load(scheduleById, scheduleId))!,
  rotation: ({ rotationId }, _, { load }) => (rotationId === null ? null : load(rotationById, rotationId)),
  override: ({ overrideId }, _, { load }) => (overrideId === null ? null : load(overrideById, overrideId)),
};
