import type { ParkedWorkResolvers } from "../schema/resolvers.generated.ts";

/** What keeps failing. */
export const ParkedWork: ParkedWorkResolvers = {
  kind: ({ work }) => work,
};
