import { reference } from "#shared/subgraph/reference.ts";
import { scheduleById } from "../loaders/scheduleById.ts";
import type { OverrideResolvers } from "../schema/resolvers.generated.ts";

/** The fields of an override. */
export const Override: OverrideResolvers = {
  schedule: async ({ scheduleId }, _, { load }) => (await load(scheduleById, scheduleId))!,
  user: ({ userId }) => ({ id: userId }),
  replaces: ({ replacesUserId }) => reference(replacesUserId),
};
