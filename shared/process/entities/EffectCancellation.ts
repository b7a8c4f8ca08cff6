import { tenantEntity, type Row } from "#shared/database/entity.ts";

/**
 * Says that no further attempt at an effect is to be made; its id is the effect's. A row of its own, so that whoever cancels
 * never waits for whoever makes the call or writes its outcome down.
 */
export const EffectCancellation = tenantEntity({
  name: "EffectCancellation",
  schema: "process",
  properties: (p) => ({
    cancelledAt: p.instant(),
  }),
  workerMay: "all",
});

/** One cancellation as it is stored. */
export type EffectCancellation = Row<typeof EffectCancellation>;
