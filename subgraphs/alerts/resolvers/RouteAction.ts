import { reference } from "#shared/subgraph/reference.ts";
import { withDefaults } from "../rules/routeAction.ts";
import type { RouteActionResolvers } from "../schema/resolvers.generated.ts";

/** The fields of what a route does. */
export const RouteAction: RouteActionResolvers = {
  repage: (action) => withDefaults(action).repage,
  dampingSeconds: (action) => withDefaults(action).dampingSeconds,
  escalationPath: ({ escalationPathId }) => reference(escalationPathId),
};
