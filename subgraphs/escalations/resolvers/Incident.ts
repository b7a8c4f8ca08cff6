import type { IncidentResolvers } from "../schema/resolvers.generated.ts";
import { escalationsByIncident } from "../loaders/escalationsByIncident.ts";

/** What escalations add to an incident. */
export const Incident: IncidentResolvers = {
  escalations: ({ id }, _, { load }) => load(escalationsByIncident, id),
};
