import { isDate, isTimeOfDay } from "#shared/time/local.ts";
import { invalidArgument, requireText, requireTimeZone } from "#supergraph/domainErrors.ts";
import type { RotationRule } from "../arithmetic/rotationTurns.ts";
import { limits } from "../limits.ts";

/** A rotation as somebody says it. */
export interface RotationInput extends Omit<RotationRule, "handoverWeekday" | "endsOn"> {
  name: string;
  handoverWeekday?: RotationRule["handoverWeekday"] | undefined;
  endsOn?: string | null | undefined;
}

/** A rotation as it is stored: complete, and known to mean something. */
export type ValidRotation = RotationRule & { name: string };

const MOST_PARTICIPANTS = limits.participants.most;
const MOST_ROTATIONS = limits.scheduleRotations.most;

/** Throws INVALID_ARGUMENT for more rotations than a schedule may have. */
export function requireFewRotations(argument: string, rotations: number): void {
  if (rotations > MOST_ROTATIONS)
    throw invalidArgument(argument, `a schedule has at most ${MOST_ROTATIONS} rotations`);
}

/**
 * Makes a rotation of what somebody said. `argument` names the input in the error. Throws INVALID_ARGUMENT for no
 * participants, a clock time, date or zone that does not exist, a length that is no length, or an end before the start.
 */
export function validRotation(input: RotationInput, argument: string): ValidRotation {
  const refuse = (field: string, reason: string) => invalidArgument(`${argument}.${field}`, reason);
  requireText(`${argument}.name`, input.name);
  if (input.participantIds.length === 0) throw refuse("participantIds", "needs at least one participant");
  if (input.participantIds.length > MOST_PARTICIPANTS)
    throw refuse("participantIds", `at most ${MOST_PARTICIPANTS}`);
  requireTimeZone(`${argument}.timeZone`, input.timeZone);
  if (!isTimeOfDay(input.handoverTime)) throw refuse("handoverTime", "is not a time of day such as 09:00");
  const longest = { HOURS: 24 * 366, DAYS: 366, WEEKS: 52 }[input.shiftUnit];
  if (input.shiftLength < 1 || input.shiftLength > longest)
    throw refuse("shiftLength", `must be from 1 to ${longest}`);
  if (input.handoverWeekday && input.shiftUnit !== "WEEKS") {
    throw refuse("handoverWeekday", "goes with shifts of weeks only");
  }
  if (!isDate(input.startsOn)) throw refuse("startsOn", "is not a date such as 2026-11-20");
  if (input.endsOn != null && !isDate(input.endsOn))
    throw refuse("endsOn", "is not a date such as 2026-11-20");
  if (input.endsOn != null && input.endsOn <= input.startsOn)
    throw refuse("endsOn", "must come after startsOn");
  return { ...input, handoverWeekday: input.handoverWeekday ?? null, endsOn: input.endsOn ?? null };
}
