import fc from "fast-check";
import { expect, it } from "vitest";
import type { RotationRule } from "../../subgraphs/schedules/arithmetic/rotationTurns.ts";
import { at, calendarOf, gapsIn, onCallIn, shiftsIn, type Override } from "./arithmetic.ts";
import { slowOnCall, slowTurns } from "./reference.ts";

const BEGIN = at("2026-03-20T00:00Z");
const MINUTES = 3 * 24 * 60;
const END = BEGIN.add({ minutes: MINUTES });
const people = ["ann", "ben", "cleo", "dan"];

const rotation = fc.record<RotationRule & { id: string }>({
  id: fc.uuid(),
  participantIds: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1 }),
  timeZone: fc.constantFrom("Europe/Vienna", "Asia/Beirut", "UTC"),
  handoverTime: fc.constantFrom("00:00", "09:00", "13:30"),
  handoverWeekday: fc.constant(null),
  shiftLength: fc.integer({ min: 1, max: 12 }),
  shiftUnit: fc.constantFrom("HOURS", "DAYS"),
  startsOn: fc.constantFrom("2026-03-10", "2026-03-21"),
  endsOn: fc.constantFrom(null, null, "2026-03-22"),
});

const override = fc
  .record({
    userId: fc.constantFrom(...people, "zoe"),
    replacesUserId: fc.constantFrom(null, ...people, "zoe"),
    minute: fc.integer({ min: -600, max: MINUTES }),
    minutes: fc.integer({ min: 1, max: 1_500 }),
  })
  .map(({ minute, minutes, ...who }) => {
    const from = BEGIN.add({ minutes: minute });
    return { ...who, from, to: from.add({ minutes }) };
  });

/** As the product keeps them: those that replace the same person do not overlap. */
const overrides = fc.array(override, { maxLength: 12 }).map((drawn) => {
  const kept: Override[] = [];
  for (const each of drawn) {
    const isFree = kept.every(
      (other) =>
        other.replacesUserId !== each.replacesUserId ||
        Temporal.Instant.compare(other.to, each.from) <= 0 ||
        Temporal.Instant.compare(each.to, other.from) <= 0,
    );
    if (isFree) kept.push({ ...each, id: `override ${kept.length}` });
  }
  return kept;
});

it("says of any schedule at every minute what one finds by looking at that minute alone", () => {
  fc.assert(
    fc.property(fc.array(rotation, { minLength: 1, maxLength: 3 }), overrides, (rotations, standIns) => {
      const calendar = calendarOf(rotations, standIns);
      const turns = rotations.map((rule) => slowTurns(rule, END));
      const shifts = shiftsIn(calendar, { from: BEGIN, to: END });
      const gaps = gapsIn(calendar, { from: BEGIN, to: END }, (id) => id !== "dan");
      const holds = (minute: Temporal.Instant) => (time: { from: Temporal.Instant; to: Temporal.Instant }) =>
        Temporal.Instant.compare(time.from, minute) <= 0 && Temporal.Instant.compare(minute, time.to) < 0;
      for (
        let minute = BEGIN;
        Temporal.Instant.compare(minute, END) < 0;
        minute = minute.add({ minutes: 15 })
      ) {
        const expected = slowOnCall(turns, standIns, minute);
        const now = shifts.filter(holds(minute));
        expect([...new Set(now.map((shift) => shift.userId))].sort()).toEqual(expected);
        expect(gaps.some(holds(minute))).toBe(expected.every((id) => id === "dan"));
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

it("tells the same shifts whole, whichever moment within them is asked about", () => {
  fc.assert(
    fc.property(
      fc.array(rotation, { minLength: 1, maxLength: 3 }),
      overrides,
      fc.integer({ min: 0, max: MINUTES }),
      (rotations, standIns, minute) => {
        const calendar = calendarOf(rotations, standIns);
        const from = BEGIN.add({ minutes: minute });
        const moment = { from, to: from.add({ microseconds: 1 }) };
        const wide = { from: from.subtract({ hours: 30 }), to: from.add({ hours: 30 }) };
        const touching = shiftsIn(calendar, wide).filter(
          (shift) =>
            Temporal.Instant.compare(shift.from, from) <= 0 && Temporal.Instant.compare(from, shift.to) < 0,
        );
        expect(shiftsIn(calendar, moment)).toEqual(touching);
      },
    ),
    { numRuns: 200 },
  );
}, 120_000);

it("says when it is other people next, and never a moment before", () => {
  fc.assert(
    fc.property(
      fc.array(rotation, { minLength: 1, maxLength: 3 }),
      overrides,
      fc.integer({ min: 0, max: MINUTES }),
      (rotations, standIns, minute) => {
        const calendar = calendarOf(rotations, standIns);
        const from = BEGIN.add({ minutes: minute });
        const { userIds, nextChangeAt } = onCallIn(calendar, from, 2);
        const until = nextChangeAt ?? from.add({ hours: 48 });
        const turns = rotations.map((rule) => slowTurns(rule, until.add({ seconds: 1 })));
        for (let now = from; Temporal.Instant.compare(now, until) < 0; now = now.add({ minutes: 15 })) {
          expect(slowOnCall(turns, standIns, now)).toEqual(userIds.toSorted());
        }
        const then = nextChangeAt && slowOnCall(turns, standIns, nextChangeAt);
        expect(then).not.toEqual(userIds.toSorted());
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);
