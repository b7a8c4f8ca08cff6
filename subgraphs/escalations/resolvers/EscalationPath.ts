import type { EscalationPathResolvers } from "../schema/resolvers.generated.ts";
import { pathById } from "../loaders/pathById.ts";

/** The fields of an escalation path. */
export const EscalationPath: EscalationPathResolvers = {
  __resolveReference: ({ id }, { load }) => load(pathById, id),
};
