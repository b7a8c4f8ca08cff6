import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** People who look after something together. */
export const Team = tenantEntity({
  name: "Team",
  schema: "identity",
  properties: (p) => ({
    name: p.text(),
    createdAt: p.instant(),
    /** Counts the changes. */
    version: p.integer().default(1),
  }),
  uniques: [{ properties: ["name"] }],
});

/** One team as it is stored. */
export type Team = Row<typeof Team>;
