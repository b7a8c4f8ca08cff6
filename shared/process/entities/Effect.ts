import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** A call to the outside world that is to be made, until what follows from its outcome is written down. */
export const Effect = tenantEntity({
  name: "Effect",
  schema: "process",
  properties: (p) => ({
    kind: p.text(),
    /** The host that is called, when users choose it (`destinationOf`); empty for ways of the installation's own. */
    destination: p.text().default(""),
    payload: p.json().$type<unknown>(),
    /** Headers that continue the trace of whoever asked for it. */
    trace: p.json().$type<Record<string, string>>(),
    requestedAt: p.instant(),
    /** When a worker may take it: the end of the lease while an attempt is being made, which its worker renews. */
    dueAt: p.instant(),
    /** How many attempts were begun. */
    attempt: p.integer().default(0),
    /** The attempt that holds the lease; an answer of any other comes too late. */
    attemptId: p.uuid().nullable(),
    /** The holder whose lease it is (`Database.holderId`); null for one who has none, and while no attempt is being made. */
    leasedBy: p.integer().nullable(),
    lastError: p.text().nullable(),
    /** What came of the call, when what follows from it could not be written down yet: the call is not made again. */
    tried: p.json().$type<unknown>().nullable(),
    /** How often what follows from it could not be written down. */
    followFailures: p.integer().default(0),
  }),
  acrossIndexes: [
    { properties: ["kind", "dueAt"] },
    { properties: ["kind", "tenantId", "destination", "dueAt"] },
    { properties: ["leasedBy"], where: "leased_by is not null" },
  ],
  workerMay: "all",
});

/** One effect as it is stored. */
export type Effect = Row<typeof Effect>;
