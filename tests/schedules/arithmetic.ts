import {
  instantOf,
  momentOf,
  stretchOf,
  type Interval,
} from "../../subgraphs/schedules/arithmetic/intervals.ts";
import {
  turnsAfter,
  type RotationRule,
  type RotationVersion,
} from "../../subgraphs/schedules/arithmetic/rotationTurns.ts";
import { onCallAndNextChange } from "../../subgraphs/schedules/arithmetic/scheduleChanges.ts";
import { scheduleGaps } from "../../subgraphs/schedules/arithmetic/scheduleGaps.ts";
import type { Calendar } from "../../subgraphs/schedules/arithmetic/scheduleSegments.ts";
import { scheduleShifts, type OnCallShift } from "../../subgraphs/schedules/arithmetic/scheduleShifts.ts";

/** An instant as it is written. */
export const at = (text: string) => Temporal.Instant.from(text);

/** A rotation that was never changed. */
export function unchanged(rule: RotationRule): RotationVersion {
  return {
    ...rule,
    effectiveFrom: null,
    effectiveTo: null,
    firstTurnEndsAt: null,
    firstTurnPosition: null,
  };
}

/** A turn as tests look at it. */
export interface Turn extends Interval {
  userId: string;
}

/** The turns of a rotation that touch a time, whole. */
export function turnsIn(rule: RotationRule & Partial<RotationVersion>, window: Interval): Turn[] {
  const turns: Turn[] = [];
  for (const { from, to, userId } of turnsAfter({ ...unchanged(rule), ...rule }, momentOf(window.from))) {
    if (from >= momentOf(window.to)) break;
    turns.push({ from: instantOf(from), to: instantOf(to), userId });
  }
  return turns;
}

/** An override as tests say it. */
export interface Override extends Interval {
  id: string;
  userId: string;
  replacesUserId: string | null;
}

/** A schedule of rotations that were never changed. */
export function calendarOf(
  rotations: readonly (RotationRule & Partial<RotationVersion> & { id: string })[],
  overrides: readonly Override[] = [],
): Calendar {
  return {
    rotations: rotations.map(({ id, ...rule }) => ({
      rotationId: id,
      versions: [{ ...unchanged(rule), ...rule }],
    })),
    overrides: overrides.map((override) => ({ ...override, ...stretchOf(override) })),
  };
}

/** The shifts of a schedule that touch a time, whole. */
export function shiftsIn(calendar: Calendar, window: Interval): OnCallShift[] {
  const answer = finished(scheduleShifts(calendar, stretchOf(window)));
  if ("tooManyAfter" in answer) throw new Error("There is no limit");
  return answer.shifts;
}

/** When nobody of those who count is on call. */
export function gapsIn(calendar: Calendar, window: Interval, counts = (_userId: string) => true): Interval[] {
  return finished(scheduleGaps(calendar, stretchOf(window), counts));
}

/** Who is on call at a moment, and when that changes. */
export function onCallIn(calendar: Calendar, from: Temporal.Instant, days = 366) {
  const window = stretchOf({ from, to: from.add({ hours: days * 24 }) });
  const { userIds, nextChangeAt } = finished(onCallAndNextChange(calendar, window));
  return { userIds, nextChangeAt: nextChangeAt === null ? null : instantOf(nextChangeAt) };
}

/** What a generator comes to. */
export function finished<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** The time of an interval that none of the others covers, in order. */
export function uncovered(interval: Interval, covered: readonly Interval[]): Interval[] {
  const { compare } = Temporal.Instant;
  const gaps: Interval[] = [];
  let { from } = interval;
  for (const each of covered.toSorted((one, other) => compare(one.from, other.from))) {
    if (compare(each.from, interval.to) >= 0) break;
    if (compare(each.from, from) > 0) gaps.push({ from, to: each.from });
    if (compare(each.to, from) > 0) from = each.to;
  }
  if (compare(from, interval.to) < 0) gaps.push({ from, to: interval.to });
  return gaps;
}
