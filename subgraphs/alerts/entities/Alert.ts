import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { Severity } from "#supergraph/commands.ts";
import type { AlertPriority, AlertStatus } from "../sources/vocabulary.ts";
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
    /** The route that was taken last. */
    routeId: p.uuid().nullable(),
    /** Under which key incidents are told of it; null when they never were. */
    incidentKey: p.text().nullable(),
    /** What incidents were told last; null when they never were. */
    toldSeverity: p.text().$type<Severity>().nullable(),
    toldPathId: p.uuid().nullable(),
    /** When the incident it led to let go of it; null when it leads to one, or never did. */
    releasedAt: p.instant().nullable(),
    firedAt: p.instant(),
    lastFiredAt: p.instant(),
    resolvedAt: p.instant().nullable(),
    /** When the source itself said that it is over; null while it has not, also where a person resolved it. */
    sourceResolvedAt: p.instant().nullable(),
    /** When the episode began and ended, as the source says. */
    startsAt: p.instant().nullable(),
    endsAt: p.instant().nullable(),
    /** The beginnings of the episodes whose firing arrived after the source had said that they are over, as ISO 8601. */
    lateFirings: p.json().$type<string[]>().default([]),
  }),
  references: { sourceId: () => AlertSource },
  // While it is open, firing again is the same alert.
  uniques: [{ properties: ["sourceId", "dedupKey"], where: "status = 'FIRING'", name: "alert_open_unique" }],
  indexes: [
    // Whether a firing that arrives late is of an episode that is over.
    {
      properties: ["sourceId", "dedupKey", "startsAt"],
      where: "status = 'RESOLVED' and starts_at is not null",
      name: "alert_last_episode_index",
    },
    { properties: ["lastFiredAt", "id"] },
    { properties: ["firedAt", "id"] },
    { properties: ["priorityRank", "id"] },
    { properties: ["routeId"] },
  ],
  acrossIndexes: [{ properties: ["labels"], type: "gin" }],
});

/** One alert as it is stored. */
export type Alert = Row<typeof Alert>;
