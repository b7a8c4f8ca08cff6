import { tenantEntity, type Row } from "#shared/database/entity.ts";

/** Who is on call when: what its rotations and overrides come to. */
export const Schedule = tenantEntity({
  name: "Schedule",
  schema: "schedules",
  properties: (p) => ({
    name: p.text(),
    timeZone: p.text(),
    teamId: p.uuid().nullable(),
    /** Counts the changes. */
    version: p.integer().default(1),
  }),
  uniques: [{ properties: ["name"] }],
  indexes: [{ properties: ["teamId"] }],
});

/** One schedule as it is stored. */
export type Schedule = Row<typeof Schedule>;
