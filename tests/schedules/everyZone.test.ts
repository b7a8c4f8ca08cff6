import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { momentOf } from "../../subgraphs/schedules/arithmetic/intervals.ts";
import {
  firstMomentAt,
  localClock,
  localMinutesAt,
} from "../../subgraphs/schedules/arithmetic/localClock.ts";
import type { RotationRule, ShiftUnit } from "../../subgraphs/schedules/arithmetic/rotationTurns.ts";
import { at, turnsIn } from "./arithmetic.ts";
import { slowMoment, slowTurns } from "./reference.ts";

const zones = Intl.supportedValuesOf("timeZone");
const hard = [
  "Europe/Vienna",
  "America/Chicago",
  "Australia/Lord_Howe",
  "Antarctica/Troll",
  "Europe/Dublin",
  "Africa/Casablanca",
  "America/Santiago",
  "Asia/Beirut",
  "Pacific/Apia",
  "UTC",
];

const rule = (
  timeZone: string,
  shiftUnit: ShiftUnit,
  shiftLength: number,
  startsOn: string,
): RotationRule => ({
  participantIds: ["ann", "ben", "cleo"],
  timeZone,
  handoverTime: "00:00",
  handoverWeekday: null,
  shiftLength,
  shiftUnit,
  startsOn,
  endsOn: null,
});

describe("handovers never run backwards, and cost nobody their turn", () => {
  it("when Troll moves its clocks by two hours under shifts of one", () => {
    const window = { from: at("2026-03-28T23:00Z"), to: at("2026-03-29T04:00Z") };
    const turns = turnsIn(rule("Antarctica/Troll", "HOURS", 1, "2026-03-28"), window);
    expect(turns.map(({ from, userId }) => [from.toString(), userId])).toEqual([
      ["2026-03-28T23:00:00Z", "cleo"],
      ["2026-03-29T00:00:00Z", "ann"],
      ["2026-03-29T01:00:00Z", "ben"],
      ["2026-03-29T02:00:00Z", "cleo"],
      ["2026-03-29T03:00:00Z", "ann"],
    ]);
  });

  it("when Apia has no 2011-12-30 under shifts of a day", () => {
    const window = { from: at("2011-12-29T10:00Z"), to: at("2012-01-01T10:00Z") };
    const turns = turnsIn(rule("Pacific/Apia", "DAYS", 1, "2011-12-28"), window);
    expect(turns.map(({ from, userId }) => [from.toString(), userId])).toEqual([
      ["2011-12-29T10:00:00Z", "ben"],
      ["2011-12-30T10:00:00Z", "cleo"],
      ["2011-12-31T10:00:00Z", "ann"],
    ]);
  });
});

describe("the clocks of every zone of the runtime", () => {
  it.each(["2026-01-01", "2011-06-01", "1993-01-01", "1918-01-01"])(
    "are those of Temporal around %s",
    (day) => {
      for (const timeZone of zones) {
        const clock = localClock(timeZone);
        for (let hours = 0; hours < 24 * 400; hours += 73) {
          const instant = at(`${day}T00:30Z`).add({ hours });
          const zoned = instant.toZonedDateTimeISO(timeZone);
          const ahead = (localMinutesAt(clock, momentOf(instant)) * 60_000_000 - momentOf(instant)) * 1_000;
          expect([timeZone, Math.round(ahead)]).toEqual([timeZone, zoned.offsetNanoseconds]);
        }
      }
    },
  );

  it("show each local time first when the slow reference says, around every change since 1970", () => {
    for (const timeZone of zones) {
      const clock = localClock(timeZone);
      let change = at("1970-01-01T00:00Z").toZonedDateTimeISO(timeZone).getTimeZoneTransition("next");
      for (; change && change.year < 2040; change = change.getTimeZoneTransition("next")) {
        for (const minutes of [-90, -31, 0, 29, 60, 125]) {
          const local = change.toPlainDateTime().add({ minutes });
          const whole = local.round({ smallestUnit: "minute" });
          const localMinutes = whole.toZonedDateTime("UTC").epochMilliseconds / 60_000;
          const found = firstMomentAt(clock, localMinutes);
          expect([timeZone, whole.toString(), found]).toEqual([
            timeZone,
            whole.toString(),
            momentOf(slowMoment({ timeZone }, whole)),
          ]);
        }
      }
    }
  }, 120_000);
});

describe("the turns of a rotation, in any zone", () => {
  const rules = fc.record<RotationRule>({
    participantIds: fc.constantFrom(["ann"], ["ann", "ben"], ["ann", "ben", "ann", "cleo"]),
    timeZone: fc.oneof(fc.constantFrom(...hard), fc.constantFrom(...zones)),
    handoverTime: fc.constantFrom("00:00", "00:45", "02:30", "03:00", "09:00", "23:45"),
    handoverWeekday: fc.constant(null),
    shiftLength: fc.integer({ min: 1, max: 30 }),
    shiftUnit: fc.constantFrom("HOURS", "DAYS", "WEEKS"),
    startsOn: fc.constantFrom("2011-03-01", "2011-12-30", "2026-02-01", "2026-09-15"),
    endsOn: fc.constantFrom(null, null, "2012-02-01", "2027-01-03"),
  });

  it("are those that one finds handover by handover from the first: in order, without gap or overlap", () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 420 }), (said, day) => {
        const ruled = said.endsOn && said.endsOn <= said.startsOn ? { ...said, endsOn: null } : said;
        const from = at(`${ruled.startsOn}T00:00Z`).add({ hours: day * 24 });
        const to = from.add({ hours: 60 });
        const slow = slowTurns(ruled, to).filter((turn) => Temporal.Instant.compare(turn.to, from) > 0);
        expect(turnsIn(ruled, { from, to })).toEqual(slow);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it("of a rotation that is old are found with as few looks at the clocks as those of a new one", () => {
    const clock = localClock("Europe/Vienna") as { begins: readonly number[] };
    const { begins } = clock;
    const looks = (startsOn: string) => {
      let count = 0;
      clock.begins = new Proxy(begins, {
        get: (array, key) => (count++, Reflect.get(array, key) as unknown),
      });
      const from = at("2026-06-01T00:00Z");
      turnsIn(rule("Europe/Vienna", "HOURS", 6, startsOn), { from, to: from.add({ hours: 48 }) });
      clock.begins = begins;
      return count;
    };
    expect(looks("1970-01-01")).toBe(looks("2025-05-01"));
  });
});
