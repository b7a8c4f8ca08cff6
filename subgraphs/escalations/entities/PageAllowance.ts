import { tenantEntity } from "#shared/database/entity.ts";

/** How much of a tenant's rate of pages is used up: a bucket that fills with time, kept as the time at which it is full again. */
export const PageAllowance = tenantEntity({
  name: "PageAllowance",
  schema: "escalations",
  properties: (p) => ({ fullAt: p.instant(), single: p.boolean().default(true) }),
  uniques: [{ properties: ["single"] }],
});
