import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { AlertPriority, AlertStatus } from "../sources/alertSource.ts";
import { AlertSource } from "./AlertSource.ts";

/** One condition that a monitoring tool reports, from its first firing until it is resolved. */
export const Alert = tenantEntity({
  name: "Alert",
  schema: "alerts",
  properties: (p) => ({
    sourceId: p.uuid(),
    dedupKey: p.text(),
    title: p.text(),
    description: p.text().nullable(),
    status: p.text().$type<AlertStatus>(),
    priority: p.text().$type<AlertPriority>(),
    /** CRITICAL is 1, so that the database can sort by it. */
    priorityRank: p.smallint(),
    labels: p.json().$type<Record<string, string>>(),
    sourceUrl: p.text().nullable(),
    /** The route that was taken when it first fired. */
    routeId: p.uuid().nullable(),
    /** Under which key incidents were told of it; null when they were not. */
    incidentKey: p.text().nullable(),
    firedAt: p.instant(),
    lastFiredAt: p.instant(),
    resolvedAt: p.instant().nullable(),
  }),
  references: { sourceId: () => AlertSource },
  // While it is open, firing again is the same alert.
  uniques: [{ properties: ["sourceId", "dedupKey"], where: "status = 'FIRING'", name: "alert_open_unique" }],
  indexes: [
    { properties: ["lastFiredAt", "id"] },
    { properties: ["firedAt", "id"] },
    { properties: ["priorityRank", "id"] },
    { properties: ["routeId"] },
  ],
  acrossIndexes: [{ properties: ["labels"], type: "gin" }],
});

/** One alert as it is stored. */
export type Alert = Row<typeof Alert>;
