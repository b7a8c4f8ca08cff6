import type { AlertRouteResolvers } from "../schema/resolvers.generated.ts";
import { routeById } from "../loaders/routeById.ts";

/** The fields of an alert route. */
export const AlertRoute: AlertRouteResolvers = {
  __resolveReference: ({ id }, { load }) => load(routeById, id),
};
