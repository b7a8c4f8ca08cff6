import type { QueryResolvers } from "../schema/resolvers.generated.ts";
import { EscalationPath } from "../entities/EscalationPath.ts";
import { listEscalations } from "../listEscalations.ts";
import { escalationById } from "../loaders/escalationById.ts";
import { pathById } from "../loaders/pathById.ts";
import { notifiers } from "../notifiers/notifiers.ts";

/** What can be asked of escalations. */
export const Query: QueryResolvers = {
  escalation: (_, { id }, { load }) => load(escalationById, id),
  escalations: (_, args, { db }) => listEscalations(db, args),
  escalationPath: (_, { id }, { load }) => load(pathById, id),
  escalationPaths: (_, _args, { db }) => db.find(EscalationPath, {}, { orderBy: { name: "asc" } }),
  notifierKinds: () => [...notifiers.members],
};
