import type { RotationResolvers } from "../schema/resolvers.generated.ts";

/** The fields of a rotation. */
export const Rotation: RotationResolvers = {
  participants: ({ participantIds }) => participantIds.map((id) => ({ id })),
};
