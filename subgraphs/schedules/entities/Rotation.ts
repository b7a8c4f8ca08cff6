import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { ShiftUnit, Weekday } from "../arithmetic/rotationShifts.ts";
import { Schedule } from "./Schedule.ts";

/** People who take turns. */
export const Rotation = tenantEntity({
  name: "Rotation",
  schema: "schedules",
  properties: (p) => ({
    scheduleId: p.uuid(),
    position: p.integer(),
    name: p.text(),
    /** In the order of their turns. */
    participantIds: p.json().$type<string[]>(),
    timeZone: p.text(),
    handoverTime: p.text(),
    handoverWeekday: p.text().$type<Weekday>().nullable(),
    shiftLength: p.integer(),
    shiftUnit: p.text().$type<ShiftUnit>(),
    /** Local dates, as they were said. */
    startsOn: p.text(),
    endsOn: p.text().nullable(),
  }),
  references: { scheduleId: () => Schedule },
  indexes: [{ properties: ["scheduleId", "position"] }],
});

/** One rotation as it is stored. */
export type Rotation = Row<typeof Rotation>;
