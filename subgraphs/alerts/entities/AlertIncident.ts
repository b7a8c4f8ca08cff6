import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { IncidentStateName } from "#supergraph/commands.ts";
import { Alert } from "./Alert.ts";

/** The incident that an alert belongs to, or else belonged to last, and its state, as incidents told. */
export const AlertIncident = tenantEntity({
  name: "AlertIncident",
  schema: "alerts",
  properties: (p) => ({
    alertId: p.uuid(),
    incidentId: p.uuid(),
    state: p.text().$type<IncidentStateName>(),
    /** When it came to belong there. */
    since: p.instant(),
  }),
  references: { alertId: () => Alert },
  uniques: [{ properties: ["alertId"] }],
  indexes: [{ properties: ["incidentId", "alertId"] }, { properties: ["state", "alertId"] }],
});

/** The incident of one alert, as it is stored. */
export type AlertIncident = Row<typeof AlertIncident>;
