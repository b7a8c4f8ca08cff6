import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { ErrorCode } from "#supergraph/errors.ts";
import { AlertSource } from "./AlertSource.ts";

/** A webhook request, or an alert of one, that was refused, kept for its owner to look at and replay. */
export const RefusedRequest = tenantEntity({
  name: "RefusedRequest",
  schema: "alerts",
  properties: (p) => ({
    sourceId: p.uuid(),
    code: p.text().$type<ErrorCode>(),
    /** What was wrong, and where, as it was answered. */
    message: p.text(),
    /** Which of its alerts, for example `alerts[3]`; null for the whole of the request. */
    place: p.text().nullable(),
    body: p.text(),
    /** Whether the body is not all that was sent. */
    isCut: p.boolean().default(false),
    /** How long what was sent is, as far as it is known. */
    sizeBytes: p.integer().default(0),
    /** Whether it stands for all of an hour with its code that are beyond what is kept one by one. */
    isBeyond: p.boolean().default(false),
    /** How many it stands for. */
    times: p.integer().default(1),
    receivedAt: p.instant(),
    replayedAt: p.instant().nullable(),
  }),
  references: { sourceId: () => AlertSource },
  indexes: [{ properties: ["receivedAt", "id"] }, { properties: ["sourceId", "receivedAt"] }],
});

/** One refused request as it is stored. */
export type RefusedRequest = Row<typeof RefusedRequest>;
