import type { RoutingPreviewResolvers } from "../schema/resolvers.generated.ts";
import { presentLabels } from "./presentLabels.ts";

/** The fields of a preview. */
export const RoutingPreview: RoutingPreviewResolvers = {
  labels: ({ labels }) => presentLabels(labels),
};
