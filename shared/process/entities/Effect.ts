import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** A call to the outside world that is to be made, until it has succeeded or finally failed. */
export const Effect = tenantEntity({
  name: "Effect",
  schema: "process",
  properties: (p) => ({
    kind: p.text(),
    payload: p.json().$type<unknown>(),
    trace: p.json().$type<Record<string, string>>(),
    requestedAt: p.instant(),
    dueAt: p.instant(),
    attempt: p.integer().default(0),
    /** The attempt that holds the lease; an answer of any other comes too late. */
    attemptId: p.uuid().nullable(),
    leaseUntil: p.instant().nullable(),
    lastError: p.text().nullable(),
  }),
  acrossIndexes: [{ properties: ["kind", "dueAt"] }],
  workerMay: "all",
});

/** One effect as it is stored. */
export type Effect = Row<typeof Effect>;
