import { reference } from "#shared/subgraph/reference.ts";
import type { IncidentResolvers } from "../schema/resolvers.generated.ts";
import { listAlertsOfIncident } from "../listAlertsOfIncident.ts";
import { listTimeline } from "../listTimeline.ts";
import { incidentById } from "../loaders/incidentById.ts";
import { listMergedIncidents } from "../listMergedIncidents.ts";
import { transitionsByIncident } from "../loaders/transitionsByIncident.ts";
import { presentState } from "./presentState.ts";
import { stateReachedAt, whoAcknowledged } from "./stateReachedAt.ts";

/** The fields of an incident. */
export const Incident: IncidentResolvers = {
  __resolveReference: ({ id }, { load }) => load(incidentById, id),
  state: async ({ id }, _, { load }) => presentState(await load(transitionsByIncident, id)),
  lead: ({ leadId }) => reference(leadId),
  mergedInto: ({ mergedIntoId }, _, { load }) =>
    mergedIntoId === null ? null : load(incidentById, mergedIntoId),
  mergedFrom: ({ id }, args, { load }) => listMergedIncidents(load, id, args),
  alerts: ({ id }, page, { load }) => listAlertsOfIncident(load, id, page),
  timeline: ({ id }, page, { load }) => listTimeline(load, id, page),
  acknowledgedBy: async ({ id }, _, { load }) =>
    reference(whoAcknowledged(await load(transitionsByIncident, id))),
  acknowledgedAt: async ({ id }, _, { load }) =>
    stateReachedAt(await load(transitionsByIncident, id), "active"),
  resolvedAt: async ({ id }, _, { load }) =>
    stateReachedAt(await load(transitionsByIncident, id), "resolved"),
  closedAt: async ({ id }, _, { load }) => stateReachedAt(await load(transitionsByIncident, id), "closed"),
};
