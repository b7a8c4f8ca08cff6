import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** How much of a rate of alerts is used up: a bucket that fills with time, kept as the time at which it is full again. */
export const AlertAllowance = tenantEntity({
  name: "AlertAllowance",
  schema: "alerts",
  properties: (p) => ({
    /** Whose rate it is: "tenant", or the id of an alert source. */
    of: p.text().fieldName("allowance_of"),
    fullAt: p.instant(),
  }),
  uniques: [{ properties: ["of"] }],
});

/** One allowance as it is stored. */
export type AlertAllowance = Row<typeof AlertAllowance>;
