import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { Severity } from "#supergraph/commands.ts";
import type { EscalationLevel } from "./EscalationPath.ts";

/** A path as it was when an escalation started. */
export interface PathSnapshot {
  id: string;
  name: string;
  repeats: number;
  levels: EscalationLevel[];
}

/** The paging of people about one incident, along one path, until somebody answers. */
export const Escalation = tenantEntity({
  name: "Escalation",
  schema: "escalations",
  properties: (p) => ({
    incidentId: p.uuid(),
    /** What pages say of the incident. */
    incidentNumber: p.integer(),
    title: p.text(),
    severity: p.text().$type<Severity>(),
    /** The path that runs, whatever becomes of the one it was taken from. */
    path: p.json().$type<PathSnapshot>(),
    /** The level reached, from 1; 0 before the first. */
    level: p.integer(),
    /** From 1. */
    round: p.integer(),
    nextLevelAt: p.instant().nullable(),
    startedAt: p.instant(),
  }),
  indexes: [{ properties: ["incidentId"] }, { properties: ["startedAt", "id"] }],
});

/** One escalation as it is stored. */
export type Escalation = Row<typeof Escalation>;
