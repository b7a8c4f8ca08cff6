import type { EscalationLevelResolvers } from "../schema/resolvers.generated.ts";
import { targetsOf } from "./targetsOf.ts";

/** The fields of a level. */
export const EscalationLevel: EscalationLevelResolvers = {
  targets: (level) => targetsOf(level),
};
