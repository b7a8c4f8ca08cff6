import type { AlertResolvers } from "../schema/resolvers.generated.ts";
import { incidentOfAlert } from "./incidentOfAlert.ts";

/** What incidents add to an alert. */
export const Alert: AlertResolvers = {
  incident: ({ id }, _, { load }) => incidentOfAlert(load, id),
};
