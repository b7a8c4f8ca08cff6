import type { EscalationLevelResolvers } from "../schema/resolvers.generated.ts";
import { durationOf } from "#shared/time/duration.ts";
import { targetsOf } from "./targetsOf.ts";

/** The fields of a level. */
export const EscalationLevel: EscalationLevelResolvers = {
  wait: ({ waitMinutes }) => durationOf(waitMinutes * 60),
  targets: (level) => targetsOf(level),
};
