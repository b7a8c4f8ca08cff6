/** A stretch of time: from is in it, to is not. */
export interface Interval {
  from: Temporal.Instant;
  to: Temporal.Instant;
}

/**
 * A moment as the arithmetic counts it: microseconds since 1970-01-01T00:00Z, as exact as the database's from 1700 to 2250.
 * A plain number, since a year has tens of thousands of turns and an operation of Temporal takes a microsecond.
 */
export type Moment = number;

/** A stretch of time in moments: from is in it, to is not. */
export interface Stretch {
  from: Moment;
  to: Moment;
}

/** The moment of an instant. */
export function momentOf(instant: Temporal.Instant): Moment {
  return Number(instant.epochNanoseconds / 1_000n);
}

/** The instant of a moment. */
export function instantOf(moment: Moment): Temporal.Instant {
  return Temporal.Instant.fromEpochNanoseconds(BigInt(moment) * 1_000n);
}

/** An interval in moments. */
export function stretchOf({ from, to }: Interval): Stretch {
  return { from: momentOf(from), to: momentOf(to) };
}

/** A stretch in instants. */
export function intervalOf({ from, to }: Stretch): Interval {
  return { from: instantOf(from), to: instantOf(to) };
}

/** Whether two stretches have time in common. */
export function touches(one: Stretch, other: Stretch): boolean {
  return one.from < other.to && other.from < one.to;
}
