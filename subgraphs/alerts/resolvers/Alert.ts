import type { AlertResolvers } from "../schema/resolvers.generated.ts";
import { listAlertEvents } from "../listAlertEvents.ts";
import { alertById } from "../loaders/alertById.ts";
import { routeById } from "../loaders/routeById.ts";
import { sourceById } from "../loaders/sourceById.ts";
import { presentLabels } from "./presentLabels.ts";

/** The fields of an alert. */
export const Alert: AlertResolvers = {
  __resolveReference: ({ id }, { load }) => load(alertById, id),
  source: async ({ sourceId }, _, { load }) => (await load(sourceById, sourceId))!,
  labels: ({ labels }) => presentLabels(labels),
  route: ({ routeId }, _, { load }) => (routeId === null ? null : load(routeById, routeId)),
  events: ({ id }, page, { load }) => listAlertEvents(load, id, page),
};
