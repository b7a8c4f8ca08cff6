import type { QueryResolvers } from "../schema/resolvers.generated.ts";
import { findIncident } from "../findIncident.ts";
import { listIncidents } from "../listIncidents.ts";

/** What can be asked of incidents. */
export const Query: QueryResolvers = {
  incident: (_, which, { load }) => findIncident(load, which),
  incidents: (_, args, { db }) => listIncidents(db, args),
};
