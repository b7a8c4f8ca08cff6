import { reference } from "#shared/subgraph/reference.ts";
import type { RouteActionResolvers } from "../schema/resolvers.generated.ts";

/** The fields of what a route does. */
export const RouteAction: RouteActionResolvers = {
  escalationPath: ({ escalationPathId }) => reference(escalationPathId),
};
