import type { EscalationPathSnapshotResolvers } from "../schema/resolvers.generated.ts";
import { pathById } from "../loaders/pathById.ts";

/** The fields of a path as it was. */
export const EscalationPathSnapshot: EscalationPathSnapshotResolvers = {
  path: ({ id }, _, { load }) => load(pathById, id),
};
