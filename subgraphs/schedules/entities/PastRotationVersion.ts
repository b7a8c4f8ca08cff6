import { tenantEntity, type Row } from "#shared/database/entity.ts";
import type { ShiftUnit, Weekday } from "../arithmetic/rotationTurns.ts";
import { Schedule } from "./Schedule.ts";

/** What a rotation said until it was changed or removed, so that no change rewrites who was on call. */
export const PastRotationVersion = tenantEntity({
  name: "PastRotationVersion",
  schema: "schedules",
  properties: (p) => ({
    scheduleId: p.uuid(),
    /** The rotation, which may be gone. */
    rotationId: p.uuid(),
    position: p.integer(),
    participantIds: p.json().$type<string[]>(),
    timeZone: p.text(),
    handoverTime: p.text(),
    handoverWeekday: p.text().$type<Weekday>().nullable(),
    shiftLength: p.integer(),
    shiftUnit: p.text().$type<ShiftUnit>(),
    startsOn: p.text(),
    endsOn: p.text().nullable(),
    effectiveFrom: p.instant().nullable(),
    /** When the next version came into force, or will. */
    effectiveTo: p.instant(),
    firstTurnEndsAt: p.text().nullable(),
    firstTurnPosition: p.integer().nullable(),
  }),
  references: { scheduleId: () => Schedule },
  indexes: [{ properties: ["scheduleId", "effectiveTo"] }, { properties: ["rotationId", "effectiveTo"] }],
});

/** One past version as it is stored. */
export type PastRotationVersion = Row<typeof PastRotationVersion>;
