import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** Says that a tenant has more calls of a kind due than are made for it in a minute, as of when that was seen last. */
export const CallBacklog = tenantEntity({
  name: "CallBacklog",
  schema: "process",
  properties: (p) => ({
    kind: p.text(),
    seenAt: p.instant(),
  }),
  uniques: [{ properties: ["kind"] }],
});

/** One such tenant and kind as it is stored. */
export type CallBacklog = Row<typeof CallBacklog>;
