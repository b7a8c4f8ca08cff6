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

/**
 * For what an escalation waits: for an answer of the people it paged, for somebody to come on call when nobody is in a whole
 * round, or for its next try when every page of a round failed.
 */
export type WaitsFor = "answer" | "somebody" | "next try";

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
    /** For what it waits until then. */
    waitsFor: p.text().$type<WaitsFor>().default("answer"),
    /** In how many rounds so far everything failed; these are not counted against the path's repeats. */
    undeliveredRounds: p.integer().default(0),
    /** How many rounds since the last one in which something arrived. */
    consecutiveUndelivered: p.integer().default(0),
    /** Levels of this round of which it is not known yet who is there, since another service could not be asked; null for none. */
    askingLevels: p.json().$type<number[]>().nullable(),
    askingSince: p.instant().nullable(),
    startedAt: p.instant(),
  }),
  indexes: [{ properties: ["incidentId"] }, { properties: ["startedAt", "id"] }],
});

/** One escalation as it is stored. */
export type Escalation = Row<typeof Escalation>;
