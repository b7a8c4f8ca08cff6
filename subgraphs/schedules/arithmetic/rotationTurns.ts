import { momentOf, type Moment, type Stretch } from "./intervals.ts";
import { firstMomentAt, localClock, localMinutesAt, skipsBetween, type LocalClock } from "./localClock.ts";

/** Who takes turns, and when they hand over: what a rotation says, as long as it says it. */
export interface RotationRule {
  /** In the order of their turns; at least one. */
  participantIds: readonly string[];
  /** IANA time zone in which the handover time is meant. */
  timeZone: string;
  /** Local time, for example 09:00. */
  handoverTime: string;
  /** The weekday of the handover, for shifts of weeks; null: that of the start. */
  handoverWeekday: Weekday | null;
  /** In shift units; at least 1. */
  shiftLength: number;
  shiftUnit: ShiftUnit;
  /** Local date of the first handover; for shifts of weeks the first such weekday on or after it. */
  startsOn: string;
  /** Local date on whose handover time it ends; null for never. */
  endsOn: string | null;
}

/** A rotation from one change of it to the next. */
export interface RotationVersion extends RotationRule {
  /** When it came into force; null: it was made so. */
  effectiveFrom: Temporal.Instant | null;
  /** When another version came into force, or the rotation was removed; null for the present one. */
  effectiveTo: Temporal.Instant | null;
  /** Local date and time at which the turn hands over that began as it came into force; null: turns are counted from startsOn. */
  firstTurnEndsAt: string | null;
  /** Whose turn that is, by their place among the participants. */
  firstTurnPosition: number | null;
}

/** In the order of ISO 8601, where Monday is day 1. */
export const weekdays = [
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
  "SUNDAY",
] as const;
/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

/** What a shift's length counts in. */
export const shiftUnits = ["HOURS", "DAYS", "WEEKS"] as const;
/** What a shift's length counts in. */
export type ShiftUnit = (typeof shiftUnits)[number];

/** One turn of one participant. */
export interface Turn extends Stretch {
  userId: string;
  /** The participant's place in the order. */
  position: number;
}

/**
 * The turns of a version that end after a moment, whole, in order and without a gap between them, for as long as somebody
 * asks for more.
 *
 * Handovers are counted on the local clock, never in elapsed hours: 09:00 stays 09:00 across both changes of the clocks, and
 * the turn in which the clocks change is shorter or longer. A handover at a local time that is skipped happens as the clocks
 * jump; at one that comes twice, at the first. So handovers never run backwards, and where a change skips a whole turn,
 * that turn does not exist and costs nobody theirs.
 */
export function* turnsAfter(version: RotationVersion, after: Moment): Generator<Turn, void> {
  const cadence = cadenceOf(version);
  const { participantIds } = version;
  const { from, to } = cadence;
  let index = indexAt(cadence, Math.max(after, from));
  let turns = cadence.position + index - emptyTurnsBefore(cadence, index);
  for (let begin = handover(cadence, index); begin < to; index++) {
    const next = handover(cadence, index + 1);
    if (begin < next) {
      const position = turns++ % participantIds.length;
      const turn = { from: Math.max(begin, from), to: Math.min(next, to) };
      const lasts = turn.from < turn.to && turn.to > after;
      if (lasts) yield { userId: participantIds[position]!, position, ...turn };
    }
    begin = next;
  }
}

/** When handovers are, ready to be counted. */
export interface Cadence extends Stretch {
  readonly clock: LocalClock;
  readonly lengthMinutes: number;
  /** The local minutes at which turn 0 begins, or would begin were it no shorter or longer than the others. */
  readonly originMinutes: number;
  /** Whose turn 0 is. */
  readonly position: number;
  /** Whether turn 0 begins when the version comes into force, whatever the local time is then. */
  readonly beginsInForce: boolean;
}

/** When the handovers of a version are. */
export function cadenceOf(version: RotationVersion): Cadence {
  const clock = localClock(version.timeZone);
  const lengthMinutes = version.shiftLength * minutesOf[version.shiftUnit];
  const from = version.effectiveFrom ? momentOf(version.effectiveFrom) : -Infinity;
  const replaced = version.effectiveTo ? momentOf(version.effectiveTo) : Infinity;
  const to = Math.min(endOf(version), replaced);
  const shared = { clock, lengthMinutes, from, to };
  if (version.firstTurnEndsAt === null) {
    return { ...shared, originMinutes: firstHandoverMinutes(version), position: 0, beginsInForce: false };
  }
  const originMinutes = localMinutes(version.firstTurnEndsAt) - lengthMinutes;
  return { ...shared, originMinutes, position: version.firstTurnPosition ?? 0, beginsInForce: true };
}

/** The moment at which a rotation ends by its own rule; Infinity for never. */
export function endOf({ endsOn, handoverTime, timeZone }: RotationRule): Moment {
  return endsOn ? firstMomentAt(localClock(timeZone), localMinutes(`${endsOn}T${handoverTime}`)) : Infinity;
}

/** The moment at which turn `index`, counted from 0, begins. */
export function handover(cadence: Cadence, index: number): Moment {
  if (index === 0 && cadence.beginsInForce) return cadence.from;
  return firstMomentAt(cadence.clock, cadence.originMinutes + index * cadence.lengthMinutes);
}

/** The turn that runs at a moment: an estimate from the local clock, so that an old rotation costs no more than a new one. */
export function indexAt(cadence: Cadence, at: Moment): number {
  if (at <= handover(cadence, 0)) return 0;
  const { clock, originMinutes, lengthMinutes } = cadence;
  let index = Math.max(0, Math.floor((localMinutesAt(clock, at) - originMinutes) / lengthMinutes));
  while (index > 0 && handover(cadence, index) > at) index--;
  while (handover(cadence, index + 1) <= at) index++;
  return index;
}

/** Minutes of a calendar without time zones at a local date and time such as 2026-11-20T09:00. */
export function localMinutes(dateTime: string): number {
  return Temporal.PlainDateTime.from(dateTime).toZonedDateTime("UTC").epochMilliseconds / 60_000;
}

// How many of the turns before `index` take no time, since a change of the clocks skips both their handovers.
function emptyTurnsBefore(cadence: Cadence, index: number): number {
  const { clock, originMinutes, lengthMinutes, beginsInForce } = cadence;
  const first = beginsInForce ? 1 : 0;
  if (index <= first) return 0;
  const counted = { from: handover(cadence, first) - 1, to: handover(cadence, index) };
  let empty = 0;
  for (const { at, fromMinutes, toMinutes } of skipsBetween(clock, counted, lengthMinutes)) {
    let skipped = Math.max(first, Math.ceil((fromMinutes - originMinutes) / lengthMinutes));
    while (handover(cadence, skipped) < at) skipped++;
    const shown = Math.min(index, Math.floor((toMinutes - originMinutes) / lengthMinutes));
    empty += Math.max(0, shown - skipped);
  }
  return empty;
}

function firstHandoverMinutes(rule: RotationRule): number {
  const start = localMinutes(`${rule.startsOn}T${rule.handoverTime}`);
  if (rule.shiftUnit !== "WEEKS" || !rule.handoverWeekday) return start;
  const wanted = weekdays.indexOf(rule.handoverWeekday) + 1;
  const days = (wanted - Temporal.PlainDate.from(rule.startsOn).dayOfWeek + 7) % 7;
  return start + days * minutesOf.DAYS;
}

/** How many minutes of the local clock a unit has. */
export const minutesOf: Record<ShiftUnit, number> = { HOURS: 60, DAYS: 24 * 60, WEEKS: 7 * 24 * 60 };
