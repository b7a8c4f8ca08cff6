import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { ShiftUnit, Weekday } from "../arithmetic/rotationTurns.ts";
import { Schedule } from "./Schedule.ts";

/** People who take turns, as somebody said it last. What was said before is a `PastRotationVersion`. */
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
    /** When this came into force, or will: whoever is on call when a rotation is changed stays until their handover. Null: as it was made. */
    effectiveFrom: p.instant().nullable(),
    /** Local date and time at which the turn that begins then hands over; null: turns are counted from startsOn. */
    firstTurnEndsAt: p.text().nullable(),
    /** Whose turn that is, by their place among the participants. */
    firstTurnPosition: p.integer().nullable(),
    /** Counts the changes. */
    version: p.integer().default(1),
  }),
  references: { scheduleId: () => Schedule },
  indexes: [{ properties: ["scheduleId", "position"] }],
});

/** One rotation as it is stored. */
export type Rotation = Row<typeof Rotation>;
