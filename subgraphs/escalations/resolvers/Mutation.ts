import { creates, createsWithSecrets } from "#shared/subgraph/creates.ts";
import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { acknowledgeEscalation } from "../acknowledgeEscalation.ts";
import { confirmContactMethod } from "../confirmContactMethod.ts";
import { createContactMethod } from "../createContactMethod.ts";
import { createEscalationPath } from "../createEscalationPath.ts";
import { deleteContactMethod } from "../deleteContactMethod.ts";
import { deleteEscalationPath } from "../deleteEscalationPath.ts";
import { contactMethodById } from "../loaders/contactMethodById.ts";
import { escalationById } from "../loaders/escalationById.ts";
import { pathById } from "../loaders/pathById.ts";
import { mailContactMethodCode } from "../mailContactMethodCode.ts";
import { personOrSelf, requireOwnOrPermission } from "../rules/requireOwnOrPermission.ts";
import { setNotificationRules } from "../setNotificationRules.ts";
import { startByHand } from "../startByHand.ts";
import { updateEscalationPath } from "../updateEscalationPath.ts";

/** What can be done to escalations, their paths, and how people are reached. */
export const Mutation: MutationResolvers = {
  startEscalation: creates("escalation", escalationById, (db, { actor, services }, input) =>
    startByHand(db, actor, input, services.incidents),
  ),
  acknowledgeEscalation: async (_, { input }, { db, actor }) => ({
    escalation: await acknowledgeEscalation(db, actor, input),
  }),
  createContactMethod: createsWithSecrets(
    "contactMethod",
    contactMethodById,
    (db, { actor, services }, input) => createContactMethod(db, actor, input, services),
    (actor, { userId }) => requireOwnOrPermission(actor, personOrSelf(actor, userId), "ContactMethodManage"),
  ),
  confirmContactMethod: async (_, { input }, { db, actor }) => ({
    contactMethod: await confirmContactMethod(db, actor, input),
  }),
  mailContactMethodCode: async (_, { input }, { db, actor, services }) => ({
    contactMethod: await mailContactMethodCode(db, actor, input, services),
  }),
  deleteContactMethod: (_, { input }, { db, actor }) => deleteContactMethod(db, actor, input),
  setNotificationRules: async (_, { input }, { db, actor, services }) => ({
    user: await setNotificationRules(db, actor, input, services.people),
  }),
  createEscalationPath: creates("escalationPath", pathById, (db, { actor, services }, input) =>
    createEscalationPath(db, actor, input, services),
  ),
  updateEscalationPath: async (_, { input }, { db, actor, services }) => ({
    escalationPath: await updateEscalationPath(db, actor, input, services),
  }),
  deleteEscalationPath: async (_, { input }, { db, actor, services }) => ({
    deletedEscalationPathId: await deleteEscalationPath(db, actor, input, services.routes),
  }),
};
