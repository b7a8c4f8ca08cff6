import { rotationShifts, type RotationRule } from "./rotationShifts.ts";
import { cut, intersect, type Interval } from "./intervals.ts";

/** Somebody stands in for a while: for one person, or for whoever is on call. */
export interface OverrideRule extends Interval {
  id: string;
  userId: string;
  /** Null: in place of everybody, also where nobody would be on call. */
  replacesUserId: string | null;
}

/** A stretch of time for which one person is on call, and why. */
export interface OnCallShift extends Interval {
  userId: string;
  rotationId: string | null;
  overrideId: string | null;
}

/** Rotations by their id. */
export type RotationWithId = RotationRule & { id: string };

/**
 * Who is on call when, in a schedule of these rotations and overrides: every shift that touches the time from `from`
 * (inclusive) to `to` (exclusive), by its beginning. All rotations hold at once. Overrides are applied in the order
 * given, so of two that meet the later one wins.
 */
export function scheduleShifts(
  rotations: readonly RotationWithId[],
  overrides: readonly OverrideRule[],
  from: Temporal.Instant,
  to: Temporal.Instant,
): OnCallShift[] {
  let shifts = rotations.flatMap((rotation) => shiftsOf(rotation, from, to));
  for (const override of overrides) shifts = standIn(shifts, override);
  return shifts.filter((shift) => intersect(shift, { from, to }) !== null).sort(byBeginning);
}

/**
 * The time that the shifts of a window can reach, so that whoever loads overrides knows how far to look: a shift is told
 * whole, also where it begins before the window.
 */
export function reach(
  rotations: readonly RotationRule[],
  from: Temporal.Instant,
  to: Temporal.Instant,
): Interval {
  const turns = rotations.flatMap((rotation) => rotationShifts(rotation, from, to));
  const begins = [from, ...turns.map((turn) => turn.from)].sort(Temporal.Instant.compare);
  const ends = [to, ...turns.map((turn) => turn.to)].sort(Temporal.Instant.compare);
  return { from: begins[0]!, to: ends.at(-1)! };
}

function shiftsOf(rotation: RotationWithId, from: Temporal.Instant, to: Temporal.Instant): OnCallShift[] {
  return rotationShifts(rotation, from, to).map((turn) => ({
    ...turn,
    rotationId: rotation.id,
    overrideId: null,
  }));
}

function standIn(shifts: OnCallShift[], override: OverrideRule): OnCallShift[] {
  const isReplaced = (shift: OnCallShift) =>
    override.replacesUserId === null || shift.userId === override.replacesUserId;
  const left = shifts.flatMap((shift) =>
    isReplaced(shift) ? cut(shift, override).map((piece) => ({ ...shift, ...piece })) : [shift],
  );
  const standsIn = { userId: override.userId, overrideId: override.id };
  if (override.replacesUserId === null) {
    return [...left, { from: override.from, to: override.to, rotationId: null, ...standsIn }];
  }
  const taken = shifts.filter(isReplaced).flatMap((shift) => {
    const piece = intersect(shift, override);
    return piece ? [{ ...piece, rotationId: shift.rotationId, ...standsIn }] : [];
  });
  return [...left, ...taken];
}

function byBeginning(one: OnCallShift, other: OnCallShift): number {
  return Temporal.Instant.compare(one.from, other.from) || Temporal.Instant.compare(one.to, other.to);
}
