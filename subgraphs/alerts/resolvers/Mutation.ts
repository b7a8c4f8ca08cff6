import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { createAlertRoute } from "../createAlertRoute.ts";
import { createAlertSource } from "../createAlertSource.ts";
import { deleteAlertRoute } from "../deleteAlertRoute.ts";
import { disableAlertSource } from "../disableAlertSource.ts";
import { moveAlertRoute } from "../moveAlertRoute.ts";
import { withWebhookUrl } from "./presentWebhook.ts";
import { replayRefusedRequest } from "../replayRefusedRequest.ts";
import { resolveAlert } from "../resolveAlert.ts";
import { rotateAlertSourceToken } from "../rotateAlertSourceToken.ts";
import { updateAlertRoute } from "../updateAlertRoute.ts";

/** What can be done to alerts, their sources and their routes. */
export const Mutation: MutationResolvers = {
  resolveAlert: (_, args, { db, actor }) => resolveAlert(db, actor, args),
  createAlertSource: (_, { input }, { db, actor, services }) =>
    withWebhookUrl(services, createAlertSource(db, actor, input)),
  rotateAlertSourceToken: (_, args, { db, actor, services }) =>
    withWebhookUrl(services, rotateAlertSourceToken(db, actor, args)),
  disableAlertSource: (_, args, { db, actor }) => disableAlertSource(db, actor, args),
  replayRefusedRequest: (_, args, { db, actor, services }) => replayRefusedRequest(db, actor, args, services),
  createAlertRoute: (_, { input }, { db, actor, services }) =>
    createAlertRoute(db, actor, input, services.paths),
  updateAlertRoute: (_, { input }, { db, actor, services }) =>
    updateAlertRoute(db, actor, input, services.paths),
  moveAlertRoute: (_, args, { db, actor }) => moveAlertRoute(db, actor, args),
  deleteAlertRoute: (_, args, { db, actor }) => deleteAlertRoute(db, actor, args),
};
