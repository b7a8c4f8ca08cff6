import type { QueryResolvers } from "../schema/resolvers.generated.ts";
import { findIncident } from "../findIncident.ts";
import { listIncidents } from "../listIncidents.ts";
import { listLedgerBreaks } from "../listLedgerBreaks.ts";
import { listParkedWork } from "../listParkedWork.ts";

/** What can be asked of incidents. */
export const Query: QueryResolvers = {
  incident: (_, which, { load }) => findIncident(load, which),
  incidents: (_, args, { db, actor, services }) => listIncidents(db, actor, args, services),
  ledgerBreaks: (_, _args, { db }) => listLedgerBreaks(db),
  parkedWork: (_, args, { db }) => listParkedWork(db, args),
};
