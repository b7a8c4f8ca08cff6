import type { UserResolvers } from "../schema/resolvers.generated.ts";
import { onCallByUser } from "../loaders/onCallByUser.ts";

/** What schedules add to a user. */
export const User: UserResolvers = {
  onCall: ({ id }, _, { load }) => load(onCallByUser, id),
};
