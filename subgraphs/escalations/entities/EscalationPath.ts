import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** Whom to page at a level, and how long to wait for an answer. */
export interface EscalationLevel {
  userIds: string[];
  scheduleIds: string[];
  waitMinutes: number;
}

/** Whom to page, in which order, and how long to wait for an answer. */
export const EscalationPath = tenantEntity({
  name: "EscalationPath",
  schema: "escalations",
  properties: (p) => ({
    name: p.text(),
    /** How often to start again from the first level. */
    repeats: p.integer(),
    levels: p.json().$type<EscalationLevel[]>(),
    createdAt: p.instant(),
    /** Grows by 1 with each change. */
    version: p.integer().default(1),
  }),
  uniques: [{ properties: ["name"] }],
});

/** One escalation path as it is stored. */
export type EscalationPath = Row<typeof EscalationPath>;
