import { reference } from "#shared/subgraph/reference.ts";
import type { OverrideResolvers } from "../schema/resolvers.generated.ts";

/** The fields of an override. */
export const Override: OverrideResolvers = {
  user: ({ userId }) => ({ id: userId }),
  replaces: ({ replacesUserId }) => reference(replacesUserId),
};
