import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { acknowledgeEscalation } from "../acknowledgeEscalation.ts";
import { confirmContactMethod } from "../confirmContactMethod.ts";
import { createContactMethod } from "../createContactMethod.ts";
import { createEscalationPath } from "../createEscalationPath.ts";
import { deleteContactMethod } from "../deleteContactMethod.ts";
import { deleteEscalationPath } from "../deleteEscalationPath.ts";
import { mailContactMethodCode } from "../mailContactMethodCode.ts";
import { setNotificationRules } from "../setNotificationRules.ts";
import { startByHand } from "../startByHand.ts";
import { updateEscalationPath } from "../updateEscalationPath.ts";

/** What can be done to escalations, their paths, and how people are reached. */
export const Mutation: MutationResolvers = {
  startEscalation: (_, args, { db, actor, services }) => startByHand(db, actor, args, services.incidents),
  acknowledgeEscalation: (_, args, { db, actor }) => acknowledgeEscalation(db, actor, args),
  createContactMethod: (_, { input }, { db, actor, services }) =>
    createContactMethod(db, actor, input, services),
  confirmContactMethod: (_, args, { db, actor }) => confirmContactMethod(db, actor, args),
  mailContactMethodCode: (_, args, { db, actor, services }) =>
    mailContactMethodCode(db, actor, args, services),
  deleteContactMethod: (_, args, { db, actor }) => deleteContactMethod(db, actor, args),
  setNotificationRules: (_, args, { db, actor, services }) =>
    setNotificationRules(db, actor, args, services.people),
  createEscalationPath: (_, { input }, { db, actor, services }) =>
    createEscalationPath(db, actor, input, services),
  updateEscalationPath: (_, { input }, { db, actor, services }) =>
    updateEscalationPath(db, actor, input, services),
  deleteEscalationPath: (_, args, { db, actor, services }) =>
    deleteEscalationPath(db, actor, args, services.routes),
};
