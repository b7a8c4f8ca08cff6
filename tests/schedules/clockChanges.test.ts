import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RotationRule } from "../../subgraphs/schedules/arithmetic/rotationTurns.ts";
import { at, calendarOf, gapsIn, shiftsIn, turnsIn, uncovered, type Turn } from "./arithmetic.ts";

const daily: RotationRule = {
  participantIds: ["ann", "ben", "cleo"],
  timeZone: "Europe/Vienna",
  handoverTime: "09:00",
  handoverWeekday: null,
  shiftLength: 1,
  shiftUnit: "DAYS",
  startsOn: "2020-01-01",
  endsOn: null,
};

const hoursOf = ({ from, to }: Pick<Turn, "from" | "to">) => from.until(to).total("hours");
const localTime = (instant: Temporal.Instant, zone: string) =>
  instant.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: "minute" });

describe("a handover at 09:00", () => {
  it.each([
    ["Europe/Vienna", "2026-03-27T12:00Z", "2026-03-31T12:00Z", [24, 23, 24, 24]],
    ["Europe/Vienna", "2026-10-23T12:00Z", "2026-10-27T12:00Z", [24, 25, 24, 24]],
    ["America/New_York", "2026-03-06T18:00Z", "2026-03-10T18:00Z", [24, 23, 24, 24]],
    ["America/New_York", "2026-10-30T18:00Z", "2026-11-03T18:00Z", [24, 25, 24, 24]],
    ["Australia/Lord_Howe", "2026-04-03T00:00Z", "2026-04-07T00:00Z", [24, 24.5, 24, 24]],
    ["Australia/Lord_Howe", "2026-10-02T00:00Z", "2026-10-06T00:00Z", [24, 23.5, 24, 24]],
  ])("stays at 09:00 in %s when the clocks change after %s", (timeZone, from, to, hours) => {
    const turns = turnsIn({ ...daily, timeZone }, { from: at(from), to: at(to) });
    expect(turns.map((turn) => localTime(turn.from, timeZone))).toEqual(turns.map(() => "09:00"));
    expect(turns.slice(0, 4).map(hoursOf)).toEqual(hours);
  });

  it("stays on Monday for shifts of weeks, with the week of the change an hour shorter or longer", () => {
    const weekly = { ...daily, shiftUnit: "WEEKS", handoverWeekday: "MONDAY" } as const;
    const spring = turnsIn(weekly, { from: at("2026-03-17T00:00Z"), to: at("2026-04-07T00:00Z") });
    expect(spring.map(hoursOf)).toEqual([168, 167, 168, 168]);
    const autumn = turnsIn(weekly, { from: at("2026-10-13T00:00Z"), to: at("2026-11-03T00:00Z") });
    expect(autumn.map(hoursOf)).toEqual([168, 169, 168, 168]);
    for (const { from } of [...spring, ...autumn]) {
      expect(from.toZonedDateTimeISO("Europe/Vienna")).toMatchObject({ dayOfWeek: 1, hour: 9 });
    }
  });

  it("stays at 09:00 and 21:00 for shifts of twelve hours", () => {
    const nights = { ...daily, shiftUnit: "HOURS", shiftLength: 12 } as const;
    const turns = turnsIn(nights, { from: at("2026-10-24T07:00Z"), to: at("2026-10-26T08:00Z") });
    expect(turns.map(({ from }) => localTime(from, "Europe/Vienna"))).toEqual([
      "09:00",
      "21:00",
      "09:00",
      "21:00",
    ]);
    expect(turns.map(hoursOf)).toEqual([12, 13, 12, 12]);
  });

  it("happens as the clocks jump where its local time is skipped, and at the first of two", () => {
    const atHalfPastTwo = { ...daily, handoverTime: "02:30" };
    const [skipped] = turnsIn(atHalfPastTwo, { from: at("2026-03-29T02:00Z"), to: at("2026-03-29T03:00Z") });
    expect(skipped!.from.toString()).toBe("2026-03-29T01:00:00Z");
    const [twice] = turnsIn(atHalfPastTwo, { from: at("2026-10-25T02:00Z"), to: at("2026-10-25T03:00Z") });
    expect(twice!.from.toString()).toBe("2026-10-25T00:30:00Z");
  });
});

const zones = [
  "UTC",
  "Europe/Vienna",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "America/St_Johns",
];

const rules = fc.record<RotationRule>({
  participantIds: fc.constantFrom(["ann"], ["ann", "ben"], ["ann", "ben", "cleo"]),
  timeZone: fc.constantFrom(...zones),
  handoverTime: fc.constantFrom("00:00", "02:30", "09:00", "23:45"),
  handoverWeekday: fc.constant(null),
  shiftLength: fc.integer({ min: 1, max: 9 }),
  shiftUnit: fc.constantFrom("HOURS", "DAYS", "WEEKS"),
  startsOn: fc.constantFrom("2020-02-29", "2024-12-31", "2026-01-01"),
  endsOn: fc.constant(null),
});

const windows = fc
  .tuple(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 1, max: 400 }))
  .map(([day, hours]) => {
    // The latest of the rotations has begun by then, in every zone.
    const from = at("2026-01-03T00:00Z").add({ hours: day * 24 });
    return { from, to: from.add({ hours }) };
  });

describe("the turns of any rotation", () => {
  it("cover the time asked about, follow each other without a gap, and go round in order", () => {
    fc.assert(
      fc.property(rules, windows, (rule, { from, to }) => {
        const turns = turnsIn(rule, { from, to });
        expect(uncovered({ from, to }, turns)).toEqual([]);
        const begins = turns.slice(1).map(({ from: begin }) => begin.toString());
        expect(begins).toEqual(turns.slice(0, -1).map(({ to: end }) => end.toString()));
        const order = rule.participantIds;
        const next = (userId: string) => order[(order.indexOf(userId) + 1) % order.length];
        expect(turns.slice(1).map(({ userId }) => userId)).toEqual(
          turns.slice(0, -1).map(({ userId }) => next(userId)),
        );
      }),
    );
  });

  it("are the same whether one asks about a day or about the year around it", () => {
    fc.assert(
      fc.property(rules, windows, (rule, { from, to }) => {
        const narrow = turnsIn(rule, { from, to }).map(String);
        const wide = turnsIn(rule, { from: from.subtract({ hours: 24 * 200 }), to: to.add({ hours: 24 }) });
        const touching = wide.filter(
          (turn) =>
            Temporal.Instant.compare(turn.to, from) > 0 && Temporal.Instant.compare(turn.from, to) < 0,
        );
        expect(narrow).toHaveLength(touching.length);
        expect(turnsIn(rule, { from, to })).toEqual(touching);
      }),
      { numRuns: 60 },
    );
  });
});

describe("overrides", () => {
  const rotation = { ...daily, id: "r" };
  const [from, to] = [at("2026-06-01T07:00Z"), at("2026-06-03T07:00Z")];
  const everybody = { id: "o", userId: "zoe", replacesUserId: null };

  it("stand in for whoever is on call, and leave the rest of the shift", () => {
    const override = { ...everybody, from: at("2026-06-01T10:00Z"), to: at("2026-06-01T12:00Z") };
    const shifts = shiftsIn(calendarOf([rotation], [override]), { from, to });
    expect(shifts.map((shift) => [shift.userId === "zoe", hoursOf(shift)])).toEqual([
      [false, 3],
      [true, 2],
      [false, 19],
      [false, 24],
    ]);
    expect(gapsIn(calendarOf([rotation], [override]), { from, to })).toEqual([]);
  });

  it("that replace one person hold only where that person would be on call", () => {
    const [first] = shiftsIn(calendarOf([rotation]), { from, to });
    const override = { id: "o", userId: "zoe", replacesUserId: first!.userId, from, to };
    const shifts = shiftsIn(calendarOf([rotation], [override]), { from, to });
    expect(shifts.filter((shift) => shift.userId === "zoe").map(hoursOf)).toEqual([24]);
    expect(shifts.some((shift) => shift.userId === first!.userId)).toBe(false);
  });

  it("that meet: the later one wins", () => {
    const later = { id: "p", userId: "yann", replacesUserId: "zoe", from: at("2026-06-01T11:00Z"), to };
    const override = { ...everybody, from: at("2026-06-01T10:00Z"), to: at("2026-06-01T12:00Z") };
    const shifts = shiftsIn(calendarOf([rotation], [override, later]), { from, to });
    expect(
      shifts.filter(({ overrideId }) => overrideId !== null).map((shift) => [shift.userId, hoursOf(shift)]),
    ).toEqual([
      ["zoe", 1],
      ["yann", 1],
    ]);
  });
});
