import { tenantEntity, type Row } from "#shared/database/entity.ts";
import { Schedule } from "./Schedule.ts";

/** Somebody is on call for a while in place of whoever would be. */
export const Override = tenantEntity({
  name: "Override",
  schema: "schedules",
  properties: (p) => ({
    scheduleId: p.uuid(),
    userId: p.uuid(),
    /** Null: in place of everybody. */
    replacesUserId: p.uuid().nullable(),
    from: p.instant().fieldName("from_at"),
    to: p.instant().fieldName("to_at"),
    reason: p.text().nullable(),
  }),
  references: { scheduleId: () => Schedule },
  indexes: [{ properties: ["scheduleId", "to", "from"] }, { properties: ["userId", "to"] }],
});

/** One override as it is stored. */
export type Override = Row<typeof Override>;
