import type { Moment, Stretch } from "./intervals.ts";
import { scheduleSegments, turnsOf, type Calendar } from "./scheduleSegments.ts";

/** Who is on call at a moment, each person once, and when that changes; null where it does not within the time looked at. */
export interface OnCallNow {
  userIds: string[];
  nextChangeAt: Moment | null;
}

/**
 * Who is on call at the beginning of a time, and the first moment within it at which it is other people. A generator that
 * stops after each step, so that whoever runs it can let others go first.
 */
export function* onCallAndNextChange(
  { rotations, overrides }: Calendar,
  { from, to }: Stretch,
): Generator<void, OnCallNow> {
  const turns = rotations.map((rotation) => turnsOf(rotation, from));
  let userIds: string[] | null = null;
  for (const segment of scheduleSegments(turns, overrides, from)) {
    if (segment.from >= to) break;
    yield;
    const people = [...new Set(segment.places.map((place) => place.userId))];
    userIds ??= people;
    if (!isSameSet(userIds, people)) return { userIds, nextChangeAt: segment.from };
  }
  return { userIds: userIds ?? [], nextChangeAt: null };
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
