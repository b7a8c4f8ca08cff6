import type { QueryResolvers } from "../schema/resolvers.generated.ts";
import { listAlertRoutes } from "../listAlertRoutes.ts";
import { listAlertSources } from "../listAlertSources.ts";
import { listAlerts } from "../listAlerts.ts";
import { listRefusedRequests } from "../listRefusedRequests.ts";
import { alertById } from "../loaders/alertById.ts";
import { eventById } from "../loaders/eventById.ts";
import { refusedRequestById } from "../loaders/refusedRequestById.ts";
import { routeById } from "../loaders/routeById.ts";
import { sourceById } from "../loaders/sourceById.ts";
import { previewAlertRouting } from "../previewAlertRouting.ts";
import { alertSources } from "../sources/alertSources.ts";

/** What can be asked of alerts. */
export const Query: QueryResolvers = {
  alert: (_, { id }, { load }) => load(alertById, id),
  alerts: (_, args, { db, actor }) => listAlerts(db, actor, args),
  alertEvent: (_, { id }, { load }) => load(eventById, id),
  alertSource: (_, { id }, { load }) => load(sourceById, id),
  alertSources: (_, args, { db }) => listAlertSources(db, args),
  alertSourceKinds: () => [...alertSources.members],
  alertRoute: (_, { id }, { load }) => load(routeById, id),
  alertRoutes: (_, args, { db }) => listAlertRoutes(db, args),
  refusedRequest: (_, { id }, { load }) => load(refusedRequestById, id),
  refusedRequests: (_, args, { db }) => listRefusedRequests(db, args),
  previewAlertRouting: (_, args, { db }) => previewAlertRouting(db, args),
};
