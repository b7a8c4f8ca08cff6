import { instantOf, momentOf, type Moment } from "./intervals.ts";
import { firstMomentAt, localClock, localMinutesAt, MINUTE } from "./localClock.ts";
import {
  cadenceOf,
  endOf,
  handover,
  indexAt,
  localMinutes,
  minutesOf,
  turnsAfter,
  weekdays,
  type Cadence,
  type RotationRule,
  type RotationVersion,
  type Turn,
} from "./rotationTurns.ts";

/** When what a rotation says from now on comes into force, and whose turn begins then. */
export type Succession = Pick<RotationVersion, "firstTurnEndsAt" | "firstTurnPosition"> & {
  effectiveFrom: Temporal.Instant;
};

/**
 * How a rotation goes on when it is changed at a moment, so that no change moves anybody who is on call:
 *
 * - Whoever is on call stays until their handover, then whoever comes next in the new order takes over. A rotation that is to
 *   end sooner ends sooner.
 * - Who is no longer in it goes at once; the next of those who still are takes over.
 * - The first turn ends at the first of the new handovers by which it lasted half its length: so it is no longer and no
 *   shorter than half a turn more or less.
 * - With another start, or when nobody is on call, turns are counted from the start as in a rotation that is new.
 */
export function succeed(inForce: RotationVersion, next: RotationRule, now: Temporal.Instant): Succession {
  const at = momentOf(now);
  const turn = turnAt(inForce, at);
  if (!turn) return countedFromStart(at);
  const position = placeIn(next.participantIds, inForce.participantIds, turn.position);
  const stays = position !== null;
  const from = stays ? Math.min(handoverAfter(inForce, at), Math.max(endOf(next), at)) : at;
  if (next.startsOn !== inForce.startsOn) return countedFromStart(from);
  const firstTurnPosition = stays
    ? (position + 1) % next.participantIds.length
    : nextIn(next.participantIds, inForce.participantIds, turn.position);
  const firstTurnEndsAt = dateTimeOf(firstTurnEnd(inForce, next, { from, stays }));
  return { effectiveFrom: instantOf(from), firstTurnEndsAt, firstTurnPosition };
}

function countedFromStart(from: Moment): Succession {
  return { effectiveFrom: instantOf(from), firstTurnEndsAt: null, firstTurnPosition: null };
}

/** Whose turn it is at a moment by a version, whether or not it is to be replaced; null for nobody's. */
export function turnAt(version: RotationVersion, at: Moment): Turn | null {
  const turn = turnsAfter({ ...version, effectiveTo: null }, at).next().value;
  return turn && turn.from <= at ? turn : null;
}

// Also where the rotation ends within the turn: it may be about to be prolonged.
function handoverAfter(version: RotationVersion, at: Moment): Moment {
  const cadence = cadenceOf(version);
  return handover(cadence, indexAt(cadence, at) + 1);
}

// Somebody may take several turns in one round; the third of theirs stays the third, or becomes the last there is.
function placeIn(order: readonly string[], before: readonly string[], position: number): number | null {
  const userId = before[position]!;
  const nth = before.slice(0, position).filter((id) => id === userId).length;
  const places = [...order.keys()].filter((place) => order[place] === userId);
  return places[Math.min(nth, places.length - 1)] ?? null;
}

function nextIn(order: readonly string[], before: readonly string[], position: number): number {
  for (let step = 1; step < before.length; step++) {
    const place = placeIn(order, before, (position + step) % before.length);
    if (place !== null) return place;
  }
  return 0;
}

function firstTurnEnd(
  inForce: RotationVersion,
  next: RotationRule,
  { from, stays }: { from: Moment; stays: boolean },
): number {
  const before = cadenceOf(inForce);
  const clock = localClock(next.timeZone);
  const lengthMinutes = next.shiftLength * minutesOf[next.shiftUnit];
  const isSame = hasSameHandovers(inForce, next);
  const originMinutes = isSame ? before.originMinutes : handoverOnOrAfter(next, localMinutesAt(clock, from));
  // Where handovers stay as they are, the turn that begins with one ends with the next, also where a change of the clocks
  // makes it a short one.
  const least = isSame && stays ? 1 : (lengthMinutes * MINUTE) / 2;
  const cadence = { clock, lengthMinutes, originMinutes };
  return firstHandoverFrom(cadence, from + least, isSame || next.shiftUnit === "HOURS" ? -Infinity : 0);
}

function firstHandoverFrom(
  { clock, lengthMinutes, originMinutes }: Pick<Cadence, "clock" | "lengthMinutes" | "originMinutes">,
  at: Moment,
  leastIndex: number,
): number {
  const minutes = (index: number) => originMinutes + index * lengthMinutes;
  let index = Math.max(leastIndex, Math.floor((localMinutesAt(clock, at) - originMinutes) / lengthMinutes));
  while (index > leastIndex && firstMomentAt(clock, minutes(index - 1)) >= at) index--;
  while (firstMomentAt(clock, minutes(index)) < at) index++;
  return minutes(index);
}

function hasSameHandovers(one: RotationRule, other: RotationRule): boolean {
  return (
    one.timeZone === other.timeZone &&
    one.handoverTime === other.handoverTime &&
    one.handoverWeekday === other.handoverWeekday &&
    one.shiftLength === other.shiftLength &&
    one.shiftUnit === other.shiftUnit
  );
}

// In local minutes; for shifts of weeks on the weekday of the handover.
function handoverOnOrAfter(rule: RotationRule, minutes: number): number {
  const date = dateTimeOf(Math.floor(minutes)).slice(0, 10);
  const sameDay = localMinutes(`${date}T${rule.handoverTime}`);
  const next = sameDay < minutes ? sameDay + minutesOf.DAYS : sameDay;
  if (rule.shiftUnit !== "WEEKS") return next;
  const start = Temporal.PlainDate.from(rule.startsOn).dayOfWeek;
  const wanted = rule.handoverWeekday ? weekdays.indexOf(rule.handoverWeekday) + 1 : start;
  const { dayOfWeek } = Temporal.PlainDateTime.from(dateTimeOf(next));
  return next + ((wanted - dayOfWeek + 7) % 7) * minutesOf.DAYS;
}

function dateTimeOf(minutes: number): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(minutes * 60_000);
  return instant.toZonedDateTimeISO("UTC").toPlainDateTime().toString({ smallestUnit: "minute" });
}
