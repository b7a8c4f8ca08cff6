import { describe, expect, it } from "vitest";
import { inSlices, STEPS_A_SLICE } from "#shared/runtime/inSlices.ts";
import { stretchOf } from "../../subgraphs/schedules/arithmetic/intervals.ts";
import { scheduleGaps } from "../../subgraphs/schedules/arithmetic/scheduleGaps.ts";
import { scheduleShifts } from "../../subgraphs/schedules/arithmetic/scheduleShifts.ts";
import { at, calendarOf, finished } from "./arithmetic.ts";

const from = at("2026-01-01T00:00Z");
const days = (count: number) => stretchOf({ from, to: from.add({ hours: 24 * count }) });

/** Five rotations that hand over every hour, and as many overrides, of half a day each, over the year. */
function busy(overrides: number) {
  const rotations = ["a", "b", "c", "d", "e"].map((id, index) => ({
    id,
    participantIds: ["ann", "ben", "cleo"],
    timeZone: "Europe/Vienna",
    handoverTime: `0${index}:0${index}`,
    handoverWeekday: null,
    shiftLength: 1,
    shiftUnit: "HOURS" as const,
    startsOn: "2020-01-01",
    endsOn: null,
  }));
  const standIns = Array.from({ length: overrides }, (_, index) => {
    const begin = from.add({ hours: Math.floor((index * 24 * 365) / overrides) });
    return { id: `${index}`, userId: "zoe", replacesUserId: null, from: begin, to: begin.add({ hours: 12 }) };
  });
  return calendarOf(rotations, standIns);
}

function stepsOf(work: Generator<void, unknown>): number {
  let steps = 1;
  while (!work.next().done) steps++;
  return steps;
}

describe("what is worked out for a reader", () => {
  it("takes steps in proportion to the time asked about, whatever the overrides", () => {
    const gaps = (count: number, overrides: number) =>
      stepsOf(scheduleGaps(busy(overrides), days(count), () => true));
    const [year, half, calm] = [gaps(366, 300), gaps(183, 300), gaps(366, 0)];
    expect(year / half).toBeGreaterThan(1.9);
    expect(year / half).toBeLessThan(2.1);
    expect(year - calm).toBeLessThanOrEqual(2 * 300);
    // A step for each moment at which somebody hands over.
    expect(calm).toBeLessThanOrEqual(5 * 24 * 366 + 10);
  });

  it("is given up as soon as it is too much, and says up to when it was not", () => {
    const work = scheduleShifts(busy(0), days(366), 1_000);
    expect(stepsOf(work)).toBeLessThan(1_100);
    expect(finished(scheduleShifts(busy(0), days(366), 1_000))).toHaveProperty("tooManyAfter");
  });

  it("lets whoever pages go first every few steps", async () => {
    let [longest, sinceLast] = [0, 0];
    const counted = function* <T>(work: Generator<void, T>): Generator<void, T> {
      for (;;) {
        const { done, value } = work.next();
        if (done) return value;
        sinceLast++;
        yield;
      }
    };
    const look = () => {
      longest = Math.max(longest, sinceLast);
      sinceLast = 0;
      next = setImmediate(look);
    };
    let next = setImmediate(look);
    await Promise.all(
      Array.from({ length: 3 }, () => inSlices(counted(scheduleGaps(busy(300), days(120), () => true)))),
    );
    clearImmediate(next);
    expect(longest).toBeLessThanOrEqual(STEPS_A_SLICE);
  });
});
