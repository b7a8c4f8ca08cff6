import { tenantEntity, type Row, type TenantEntity } from "#shared/database/entity.ts";
import type { Severity } from "#supergraph/commands.ts";

/** Something is wrong and somebody should do something about it. Its state is the newest row of its transitions. */
export const Incident = tenantEntity({
  name: "Incident",
  schema: "incidents",
  properties: (p) => ({
    number: p.integer(),
    title: p.text(),
    summary: p.text().nullable(),
    severity: p.text().$type<Severity>(),
    /** CRITICAL is 1, so that the database can sort by how bad it is. */
    severityRank: p.smallint(),
    leadId: p.uuid().nullable(),
    mergedIntoId: p.uuid().nullable(),
    resolveWithAlerts: p.boolean(),
    createdAt: p.instant(),
  }),
  references: { mergedIntoId: (): TenantEntity => Incident },
  uniques: [{ properties: ["number"] }],
  indexes: [
    { properties: ["createdAt", "id"] },
    { properties: ["mergedIntoId"] },
    { properties: ["leadId"] },
  ],
});

/** One incident as it is stored. */
export type Incident = Row<typeof Incident>;
