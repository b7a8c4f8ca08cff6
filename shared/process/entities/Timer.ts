import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** When a process is to be looked at next. */
export const Timer = tenantEntity({
  name: "Timer",
  schema: "process",
  properties: (p) => ({
    kind: p.text(),
    /** The id of the thing whose process it is. */
    subjectId: p.uuid(),
    dueAt: p.instant(),
    /** Until when a worker that asks other services on its behalf is left alone; correctness does not depend on it. */
    askedUntil: p.instant().nullable(),
    /** How often looking failed since it last succeeded. */
    attempt: p.integer().default(0),
    lastError: p.text().nullable(),
    /** Since when looking fails. */
    failingSince: p.instant().nullable(),
  }),
  uniques: [{ properties: ["kind", "subjectId"] }],
  acrossIndexes: [{ properties: ["kind", "dueAt"] }, { properties: ["kind", "tenantId", "dueAt"] }],
  workerMay: "all",
});

/** One timer as it is stored. */
export type Timer = Row<typeof Timer>;
