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
    /** Whether it stays what a person said, whatever its alerts are. */
    severitySetByPerson: p.boolean().default(false),
    /** Along which escalation path people are paged about it; null when along none. */
    escalationPathId: p.uuid().nullable(),
    /** When people were last asked to be paged; null when they never were. */
    pagedAt: p.instant().nullable(),
    /** How bad it was then: the worst of it and of the alert that it was about. */
    pagedSeverityRank: p.smallint().nullable(),
    /** How often an alert fired again within its damping time after it was resolved. */
    flapCount: p.integer().default(0),
    /** When people are paged about alerts that are damped, if those fire still; null when none is. */
    dampedUntil: p.instant().nullable(),
    /** Whether it was resolved because all of its alerts were, and not by a person. */
    resolvedByAlerts: p.boolean().default(false),
    leadId: p.uuid().nullable(),
    mergedIntoId: p.uuid().nullable(),
    resolveWithAlerts: p.boolean(),
    createdAt: p.instant(),
    /** Counts the changes that people made of its title, summary, severity and lead. */
    version: p.integer().default(1),
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
