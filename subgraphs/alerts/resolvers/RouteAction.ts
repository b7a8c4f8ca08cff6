import { reference } from "#shared/subgraph/reference.ts";
import { durationOf } from "#shared/time/duration.ts";
import { withDefaults } from "../rules/routeAction.ts";
import type { RouteActionResolvers } from "../schema/resolvers.generated.ts";

/** The fields of what a route does. */
export const RouteAction: RouteActionResolvers = {
  repage: (action) => withDefaults(action).repage,
  groupWindow: ({ groupWindowSeconds }) => durationOf(groupWindowSeconds),
  damping: (action) => durationOf(withDefaults(action).dampingSeconds),
  escalationPath: ({ escalationPathId }) => reference(escalationPathId),
};
