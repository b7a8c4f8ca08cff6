import type { Moment } from "./intervals.ts";

/** What the clocks of a time zone show: stretches of one offset each, in order. */
export interface LocalClock {
  /** When each stretch begins; the first begins at -Infinity. */
  readonly begins: readonly Moment[];
  /** By how much local time is ahead of UTC in each, in microseconds. */
  readonly offsets: readonly number[];
  /** The most local time that a change of the clocks ever skips, in minutes. */
  readonly longestSkipMinutes: number;
}

/** Microseconds in a minute: local times are counted in minutes of a calendar that knows no time zone. */
export const MINUTE = 60_000_000;

// Zone data says nothing that is certain beyond; the clocks stay as they are then.
const LAST_CHANGE = Temporal.Instant.from("2200-01-01T00:00Z");
const FIRST_MOMENT = Temporal.Instant.from("1700-01-01T00:00Z");
// No zone was ever more than 16 hours away from UTC.
const LARGEST_OFFSET = 16 * 60 * MINUTE;

const clocks = new Map<string, LocalClock>();

/** The clocks of a time zone of the IANA database, as the runtime knows them. Kept: there are 400 zones. */
export function localClock(timeZone: string): LocalClock {
  let clock = clocks.get(timeZone);
  if (!clock) clocks.set(timeZone, (clock = readClock(timeZone)));
  return clock;
}

function readClock(timeZone: string): LocalClock {
  let change: Temporal.ZonedDateTime | null = FIRST_MOMENT.toZonedDateTimeISO(timeZone);
  const begins = [-Infinity];
  const offsets = [change.offsetNanoseconds / 1_000];
  while ((change = change.getTimeZoneTransition("next"))) {
    if (change.epochMilliseconds >= LAST_CHANGE.epochMilliseconds) break;
    const offset = change.offsetNanoseconds / 1_000;
    if (offset === offsets.at(-1)) continue;
    begins.push(change.epochMilliseconds * 1_000);
    offsets.push(offset);
  }
  const skips = offsets.slice(1).map((offset, index) => (offset - offsets[index]!) / MINUTE);
  return { begins, offsets, longestSkipMinutes: Math.max(0, ...skips) };
}

/** What the clocks show at a moment, in minutes; between two minutes it is a fraction. */
export function localMinutesAt(clock: LocalClock, at: Moment): number {
  return (at + clock.offsets[stretchAt(clock, at)]!) / MINUTE;
}

/**
 * The first moment at which the clocks show this local time or a later one: at a local time that comes twice the first of
 * the two, at one that is skipped the first moment after the gap. A later local time is never at an earlier moment.
 */
export function firstMomentAt(clock: LocalClock, localMinutes: number): Moment {
  const local = localMinutes * MINUTE;
  for (let index = stretchAt(clock, local - LARGEST_OFFSET); ; index++) {
    const reached = local - clock.offsets[index]!;
    if (reached < (clock.begins[index + 1] ?? Infinity)) return Math.max(reached, clock.begins[index]!);
  }
}

/** A change of the clocks that skips local time. */
export interface Skip {
  at: Moment;
  /** The local minutes that are not shown: both the first, and the one that is shown at once, are reached at that moment. */
  fromMinutes: number;
  toMinutes: number;
}

/** The changes of the clocks after a moment, up to and including another, that skip at least so many minutes. */
export function* skipsBetween(
  clock: LocalClock,
  { from, to }: { from: Moment; to: Moment },
  leastMinutes: number,
): Generator<Skip, void> {
  if (leastMinutes > clock.longestSkipMinutes) return;
  for (let index = stretchAt(clock, from) + 1; index < clock.begins.length; index++) {
    const at = clock.begins[index]!;
    if (at > to) return;
    const [fromMinutes, toMinutes] = [clock.offsets[index - 1]!, clock.offsets[index]!].map(
      (offset) => (at + offset) / MINUTE,
    ) as [number, number];
    if (toMinutes - fromMinutes >= leastMinutes) yield { at, fromMinutes, toMinutes };
  }
}

function stretchAt({ begins }: LocalClock, at: Moment): number {
  let [low, high] = [0, begins.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (begins[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
