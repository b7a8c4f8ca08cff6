import type { EscalationResolvers } from "../schema/resolvers.generated.ts";
import { escalationById } from "../loaders/escalationById.ts";
import { listPages } from "../listPages.ts";
import { transitionsByEscalation } from "../loaders/transitionsByEscalation.ts";
import { acknowledgedBy, escalationStateOf } from "./presentStates.ts";

/** The fields of an escalation. */
export const Escalation: EscalationResolvers = {
  __resolveReference: ({ id }, { load }) => load(escalationById, id),
  incident: ({ incidentId }) => ({ id: incidentId }),
  state: async ({ id }, _, { load }) => escalationStateOf(await load(transitionsByEscalation, id)),
  acknowledgedBy: async ({ id }, _, { load }) => acknowledgedBy(await load(transitionsByEscalation, id)),
  pages: ({ id }, args, { load }) => listPages(load, id, args),
  history: ({ id }, _, { load }) => load(transitionsByEscalation, id),
};
