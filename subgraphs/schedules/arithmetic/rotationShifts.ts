/** Who takes turns, and when they hand over. What the arithmetic needs of a rotation, and nothing else. */
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

/** One turn of one participant: from is in it, to is not. */
export interface Turn {
  userId: string;
  from: Temporal.Instant;
  to: Temporal.Instant;
}

/**
 * The turns of a rotation that touch the time from `from` (inclusive) to `to` (exclusive), whole, in order and without a
 * gap between them.
 *
 * Handovers are counted on the local clock, never in elapsed hours: 09:00 stays 09:00 across both changes of the clocks,
 * and the turn in which the clocks change is an hour shorter or longer. A handover at a local time that the change skips
 * happens as the clocks jump; at one that comes twice, at the first (RFC 5545 section 3.3.5, Temporal's "compatible").
 */
export function rotationShifts(rule: RotationRule, from: Temporal.Instant, to: Temporal.Instant): Turn[] {
  const end = rule.endsOn ? localInstant(rule, localDateTime(rule.endsOn, rule.handoverTime)) : null;
  const until = end && Temporal.Instant.compare(end, to) < 0 ? end : to;
  const turns: Turn[] = [];
  for (let index = indexAt(rule, from); ; index++) {
    const begin = handover(rule, index);
    if (Temporal.Instant.compare(begin, until) >= 0) return turns;
    const next = handover(rule, index + 1);
    const finish = end && Temporal.Instant.compare(end, next) < 0 ? end : next;
    const touches = Temporal.Instant.compare(finish, from) > 0;
    // A turn of an hour that falls into the hour the change skips takes no time at all.
    const takesTime = Temporal.Instant.compare(begin, finish) < 0;
    if (touches && takesTime) turns.push({ userId: participant(rule, index), from: begin, to: finish });
  }
}

/** The moment at which turn `index`, counted from 0, begins. */
function handover(rule: RotationRule, index: number): Temporal.Instant {
  const amount = index * rule.shiftLength;
  const first = firstHandover(rule);
  return localInstant(rule, first.add(duration(rule.shiftUnit, amount)));
}

// The turn that runs at an instant, or one shortly before it: an estimate from the local clock, which is at most a
// change of the clocks away from the truth, so that a rotation that began years ago costs no more than a new one.
function indexAt(rule: RotationRule, at: Temporal.Instant): number {
  const local = at.toZonedDateTimeISO(rule.timeZone).toPlainDateTime();
  const hours = firstHandover(rule).until(local, { largestUnit: "hours" }).total({ unit: "hours" });
  const estimate = Math.floor(hours / (hoursOf[rule.shiftUnit] * rule.shiftLength));
  let index = Math.max(0, estimate + 1);
  while (index > 0 && Temporal.Instant.compare(handover(rule, index), at) > 0) index--;
  return index;
}

function firstHandover(rule: RotationRule): Temporal.PlainDateTime {
  const start = localDateTime(rule.startsOn, rule.handoverTime);
  if (rule.shiftUnit !== "WEEKS" || !rule.handoverWeekday) return start;
  const wanted = weekdays.indexOf(rule.handoverWeekday) + 1;
  return start.add({ days: (wanted - start.dayOfWeek + 7) % 7 });
}

const hoursOf: Record<ShiftUnit, number> = { HOURS: 1, DAYS: 24, WEEKS: 168 };

function duration(unit: ShiftUnit, amount: number): Temporal.DurationLike {
  if (unit === "HOURS") return { hours: amount };
  return unit === "DAYS" ? { days: amount } : { weeks: amount };
}

function localDateTime(date: string, time: string): Temporal.PlainDateTime {
  return Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
}

function localInstant(rule: RotationRule, local: Temporal.PlainDateTime): Temporal.Instant {
  return local.toZonedDateTime(rule.timeZone, { disambiguation: "compatible" }).toInstant();
}

function participant(rule: RotationRule, index: number): string {
  return rule.participantIds[index % rule.participantIds.length]!;
}
