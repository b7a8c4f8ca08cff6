import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { ErrorCode } from "#supergraph/errors.ts";
import { AlertSource } from "./AlertSource.ts";

/** A webhook request that was refused, kept for its owner to look at and replay. */
export const RefusedRequest = tenantEntity({
  name: "RefusedRequest",
  schema: "alerts",
  properties: (p) => ({
    sourceId: p.uuid(),
    code: p.text().$type<ErrorCode>(),
    /** What was wrong, and where, as it was answered. */
    message: p.text(),
    body: p.text(),
    receivedAt: p.instant(),
    replayedAt: p.instant().nullable(),
  }),
  references: { sourceId: () => AlertSource },
  indexes: [{ properties: ["receivedAt", "id"] }, { properties: ["sourceId", "receivedAt"] }],
});

/** One refused request as it is stored. */
export type RefusedRequest = Row<typeof RefusedRequest>;
