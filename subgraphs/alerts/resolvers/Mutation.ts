import { creates, createsWithSecrets } from "#shared/subgraph/creates.ts";
import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { createAlertRoute } from "../createAlertRoute.ts";
import { createAlertSource } from "../createAlertSource.ts";
import { deleteAlertRoute } from "../deleteAlertRoute.ts";
import { disableAlertSource } from "../disableAlertSource.ts";
import { routeById } from "../loaders/routeById.ts";
import { sourceById } from "../loaders/sourceById.ts";
import { moveAlertRoute } from "../moveAlertRoute.ts";
import { replayRefusedRequest } from "../replayRefusedRequest.ts";
import { resolveAlert } from "../resolveAlert.ts";
import { rotateAlertSourceToken } from "../rotateAlertSourceToken.ts";
import { updateAlertRoute } from "../updateAlertRoute.ts";

/** What can be done to alerts, their sources and their routes. */
export const Mutation: MutationResolvers = {
  resolveAlert: async (_, { input }, { db, actor }) => ({ alert: await resolveAlert(db, actor, input) }),
  createAlertSource: createsWithSecrets("alertSource", sourceById, (db, { actor, services }, input) =>
    createAlertSource(db, actor, input, services),
  ),
  rotateAlertSourceToken: (_, { input }, { db, actor, services }) =>
    rotateAlertSourceToken(db, actor, input, services),
  disableAlertSource: async (_, { input }, { db, actor }) => ({
    alertSource: await disableAlertSource(db, actor, input),
  }),
  replayRefusedRequest: (_, { input }, { db, actor, services }) =>
    replayRefusedRequest(db, actor, input, services),
  createAlertRoute: creates("alertRoute", routeById, (db, { actor, services }, input) =>
    createAlertRoute(db, actor, input, services.paths),
  ),
  updateAlertRoute: async (_, { input }, { db, actor, services }) => ({
    alertRoute: await updateAlertRoute(db, actor, input, services.paths),
  }),
  moveAlertRoute: (_, { input }, { db, actor }) => moveAlertRoute(db, actor, input),
  deleteAlertRoute: (_, { input }, { db, actor }) => deleteAlertRoute(db, actor, input),
};
