import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { acknowledgeIncident } from "../acknowledgeIncident.ts";
import { addTimelineNote } from "../addTimelineNote.ts";
import { assignIncidentLead } from "../assignIncidentLead.ts";
import { closeIncident } from "../closeIncident.ts";
import { declareIncident } from "../declareIncident.ts";
import { mergeIncident } from "../mergeIncident.ts";
import { discardParkedWork } from "../discardParkedWork.ts";
import { reopenIncident } from "../reopenIncident.ts";
import { resolveIncident } from "../resolveIncident.ts";
import { retryParkedWork } from "../retryParkedWork.ts";
import { updateIncident } from "../updateIncident.ts";

/** What can be done to incidents. */
export const Mutation: MutationResolvers = {
  createIncident: (_, { input }, { db, actor, services }) => declareIncident(db, actor, input, services),
  updateIncident: (_, { input }, { db, actor }) => updateIncident(db, actor, input),
  assignIncidentLead: (_, args, { db, actor, services }) =>
    assignIncidentLead(db, actor, args, services.people),
  acknowledgeIncident: (_, args, { db, actor }) => acknowledgeIncident(db, actor, args),
  resolveIncident: (_, args, { db, actor }) => resolveIncident(db, actor, args),
  closeIncident: (_, args, { db, actor }) => closeIncident(db, actor, args),
  reopenIncident: (_, args, { db, actor }) => reopenIncident(db, actor, args),
  mergeIncident: (_, args, { db, actor }) => mergeIncident(db, actor, args),
  retryParkedWork: (_, args, { db, actor }) => retryParkedWork(db, actor, args),
  discardParkedWork: (_, args, { db, actor }) => discardParkedWork(db, actor, args),
  addTimelineNote: (_, args, { db, actor }) => addTimelineNote(db, actor, args),
};
