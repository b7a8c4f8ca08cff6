import { deliveryErrorOf, deliveryErrors } from "../notifiers/deliveryError.ts";
import type { PageAttemptResolvers } from "../schema/resolvers.generated.ts";

/** The fields of an attempt. */
export const PageAttempt: PageAttemptResolvers = {
  error: ({ error }) => (error === null ? null : deliveryErrors[deliveryErrorOf(error)]),
  errorCode: ({ error }) => (error === null ? null : deliveryErrorOf(error)),
};
