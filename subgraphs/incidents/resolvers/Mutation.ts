import { creates } from "#shared/subgraph/creates.ts";
import type { MutationResolvers } from "../schema/resolvers.generated.ts";
import { acknowledgeIncident } from "../acknowledgeIncident.ts";
import { addTimelineNote } from "../addTimelineNote.ts";
import { assignIncidentLead } from "../assignIncidentLead.ts";
import { closeIncident } from "../closeIncident.ts";
import { declareIncident } from "../declareIncident.ts";
import { discardParkedWork } from "../discardParkedWork.ts";
import { incidentById } from "../loaders/incidentById.ts";
import { timelineEntryById } from "../loaders/timelineEntryById.ts";
import { mergeIncident } from "../mergeIncident.ts";
import { reopenIncident } from "../reopenIncident.ts";
import { resolveIncident } from "../resolveIncident.ts";
import { retryParkedWork } from "../retryParkedWork.ts";
import { updateIncident } from "../updateIncident.ts";

/** What can be done to incidents. */
export const Mutation: MutationResolvers = {
  createIncident: creates("incident", incidentById, (db, { actor, services }, input) =>
    declareIncident(db, actor, input, services),
  ),
  updateIncident: async (_, { input }, { db, actor }) => ({
    incident: await updateIncident(db, actor, input),
  }),
  assignIncidentLead: async (_, { input }, { db, actor, services }) => ({
    incident: await assignIncidentLead(db, actor, input, services.people),
  }),
  acknowledgeIncident: async (_, { input }, { db, actor }) => ({
    incident: await acknowledgeIncident(db, actor, input),
  }),
  resolveIncident: async (_, { input }, { db, actor }) => ({
    incident: await resolveIncident(db, actor, input),
  }),
  closeIncident: async (_, { input }, { db, actor }) => ({ incident: await closeIncident(db, actor, input) }),
  reopenIncident: async (_, { input }, { db, actor }) => ({
    incident: await reopenIncident(db, actor, input),
  }),
  mergeIncident: async (_, { input }, { db, actor, load }) => ({
    incident: await mergeIncident(db, actor, input),
    mergedIncident: await load(incidentById, input.id),
  }),
  retryParkedWork: async (_, { input }, { db, actor }) => ({
    parkedWork: await retryParkedWork(db, actor, input),
  }),
  discardParkedWork: async (_, { input }, { db, actor }) => ({
    parkedWork: await discardParkedWork(db, actor, input),
  }),
  addTimelineNote: creates("timelineEntry", timelineEntryById, (db, { actor }, input) =>
    addTimelineNote(db, actor, input),
  ),
};
