import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** Something one service asked another to do, until it is done. */
export const Command = tenantEntity({
  name: "Command",
  schema: "process",
  properties: (p) => ({
    name: p.text(),
    /** The service that does it. */
    owner: p.text(),
    /** An owner does commands of the same key one after another, in the order of sending. */
    key: p.text().nullable(),
    /** The order of sending. */
    place: p.bigint().autoincrement(),
    payload: p.json().$type<unknown>(),
    /** Headers that continue the sender's trace. */
    trace: p.json().$type<Record<string, string>>(),
    sentAt: p.instant(),
    dueAt: p.instant(),
    /** How often it failed. */
    attempt: p.integer().default(0),
    lastError: p.text().nullable(),
    /** Set when no retry can mend how it fails, or when it failed too often: somebody has to look at it. */
    parkedAt: p.instant().nullable(),
    /** Why it was parked, for people. */
    parkedReason: p.text().nullable(),
  }),
  indexes: [{ properties: ["owner", "key", "place"], where: "key is not null and parked_at is null" }],
  acrossIndexes: [
    { properties: ["name", "dueAt"], where: "parked_at is null" },
    { properties: ["name", "tenantId", "dueAt", "place"], where: "parked_at is null" },
    { properties: ["name", "parkedAt"], where: "parked_at is not null" },
  ],
  workerMay: "all",
});

/** One command as it is stored. */
export type Command = Row<typeof Command>;
