import type { QueryResolvers } from "../schema/resolvers.generated.ts";
import { listEscalationPaths } from "../listEscalationPaths.ts";
import { listEscalations } from "../listEscalations.ts";
import { escalationById } from "../loaders/escalationById.ts";
import { pathById } from "../loaders/pathById.ts";
import { notifiers } from "../notifiers/notifiers.ts";

/** What can be asked of escalations. */
export const Query: QueryResolvers = {
  escalation: (_, { id }, { load }) => load(escalationById, id),
  escalations: (_, args, { db }) => listEscalations(db, args),
  escalationPath: (_, { id }, { load }) => load(pathById, id),
  escalationPaths: (_, args, { db }) => listEscalationPaths(db, args),
  notifierKinds: () => [...notifiers.members],
};
