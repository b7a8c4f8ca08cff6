import type { AlertRouteResolvers } from "../schema/resolvers.generated.ts";
import { routeById } from "../loaders/routeById.ts";
import { sayCondition } from "../rules/routeConditions.ts";

/** The fields of an alert route. */
export const AlertRoute: AlertRouteResolvers = {
  conditions: ({ conditions }) => conditions.map(sayCondition),
  __resolveReference: ({ id }, { load }) => load(routeById, id),
};
