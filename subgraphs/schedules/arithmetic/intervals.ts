/** A stretch of time: from is in it, to is not. */
export interface Interval {
  from: Temporal.Instant;
  to: Temporal.Instant;
}

/** The time that both have in common; null when they have none. */
export function intersect(one: Interval, other: Interval): Interval | null {
  const from = later(one.from, other.from);
  const to = earlier(one.to, other.to);
  return isBefore(from, to) ? { from, to } : null;
}

/** What is left of an interval when another is taken out of it: none, one or two pieces, in order. */
export function cut(interval: Interval, hole: Interval): Interval[] {
  if (!intersect(interval, hole)) return [{ from: interval.from, to: interval.to }];
  const pieces: Interval[] = [];
  if (isBefore(interval.from, hole.from)) pieces.push({ from: interval.from, to: hole.from });
  if (isBefore(hole.to, interval.to)) pieces.push({ from: hole.to, to: interval.to });
  return pieces;
}

/** The time of an interval that none of the others covers, in order. */
export function gapsBetween(interval: Interval, covered: readonly Interval[]): Interval[] {
  return covered.reduce((gaps, cover) => gaps.flatMap((gap) => cut(gap, cover)), [interval]);
}

/** The next moment that a database can tell apart: from an instant to it is the shortest stretch of time there is. */
export function momentAfter(instant: Temporal.Instant): Temporal.Instant {
  return instant.add({ microseconds: 1 });
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return isBefore(one, other) ? other : one;
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return isBefore(one, other) ? one : other;
}
