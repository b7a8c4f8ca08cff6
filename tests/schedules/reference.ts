import type { RotationRule } from "../../subgraphs/schedules/arithmetic/rotationTurns.ts";
import type { Override, Turn } from "./arithmetic.ts";

// What schedules mean, worked out as slowly as one likes and with Temporal alone: handover by handover from the very first.

/** The turns of a rotation from its first handover until a moment. */
export function slowTurns(rule: RotationRule, until: Temporal.Instant): Turn[] {
  const end = rule.endsOn ? slowMoment(rule, dateTime(rule.endsOn, rule)) : null;
  const turns: Turn[] = [];
  for (let index = 0, from = slowHandover(rule, 0); Temporal.Instant.compare(from, until) < 0; index++) {
    const next = slowHandover(rule, index + 1);
    const to = end && Temporal.Instant.compare(end, next) < 0 ? end : next;
    if (Temporal.Instant.compare(from, to) < 0) {
      const userId = rule.participantIds[turns.length % rule.participantIds.length]!;
      turns.push({ userId, from, to });
    }
    if (end && Temporal.Instant.compare(next, end) >= 0) break;
    from = next;
  }
  return turns;
}

/** Who is on call at a moment, by rotations and then by overrides in the order in which they were made. */
export function slowOnCall(
  rotations: readonly (readonly Turn[])[],
  overrides: readonly Override[],
  at: Temporal.Instant,
): string[] {
  const holds = ({ from, to }: Pick<Turn, "from" | "to">) =>
    Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) < 0;
  let people = rotations.flatMap((turns) => turns.filter(holds).map((turn) => turn.userId));
  for (const { userId, replacesUserId, ...time } of overrides.filter(holds)) {
    void time;
    people =
      replacesUserId === null
        ? [userId]
        : people.map((person) => (person === replacesUserId ? userId : person));
  }
  return [...new Set(people)].sort();
}

function slowHandover(rule: RotationRule, index: number): Temporal.Instant {
  let first = dateTime(rule.startsOn, rule);
  if (rule.shiftUnit === "WEEKS" && rule.handoverWeekday) {
    while (weekdayOf(first) !== rule.handoverWeekday) first = first.add({ days: 1 });
  }
  return slowMoment(rule, first.add({ [rule.shiftUnit.toLowerCase()]: index * rule.shiftLength }));
}

/** When the clocks show a local time first; where it is skipped, the first moment after the gap. */
export function slowMoment(
  { timeZone }: { timeZone: string },
  local: Temporal.PlainDateTime,
): Temporal.Instant {
  const zoned = local.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  if (zoned.toPlainDateTime().equals(local)) return zoned.toInstant();
  return zoned.getTimeZoneTransition("next")!.toInstant();
}

function dateTime(date: string, rule: RotationRule): Temporal.PlainDateTime {
  return Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(rule.handoverTime));
}

function weekdayOf(local: Temporal.PlainDateTime): string {
  return local.toLocaleString("en", { weekday: "long" }).toUpperCase();
}
