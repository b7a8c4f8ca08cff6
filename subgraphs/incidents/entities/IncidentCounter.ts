import { tenantEntity } from "#shared/database/entity.ts";

/** The last incident number of a tenant; one row per tenant. */
export const IncidentCounter = tenantEntity({
  name: "IncidentCounter",
  schema: "incidents",
  properties: (p) => ({ lastNumber: p.integer(), single: p.boolean().default(true) }),
  uniques: [{ properties: ["single"] }],
});
