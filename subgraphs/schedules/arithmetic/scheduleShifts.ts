import { instantOf, touches, type Interval, type Moment, type Stretch } from "./intervals.ts";
import { scheduleSegments, turnsOf, type Calendar, type Assignment } from "./scheduleSegments.ts";
import type { Turn } from "./rotationTurns.ts";

/** A stretch of time for which one person is on call, and why. */
export interface OnCallShift extends Interval {
  userId: string;
  rotationId: string | null;
  overrideId: string | null;
}

/** The shifts of a time; where they are more than was allowed, the moment up to which they were not. */
export type ShiftsAnswer = { shifts: OnCallShift[] } | { tooManyAfter: Moment };

/**
 * Who is on call when: every shift that touches a time, whole, by its beginning, and no more than `most` of them. A generator
 * that stops after each step, so that whoever runs it can let others go first.
 */
export function* scheduleShifts(
  calendar: Calendar,
  window: Stretch,
  most = Infinity,
): Generator<void, ShiftsAnswer> {
  const { rotations, overrides } = calendar;
  const whole = reach(calendar, window);
  const turns = rotations.map((rotation) => turnsWithin(turnsOf(rotation, window.from), window.to));
  const told: Piece[] = [];
  let open: Piece[] = [];
  for (const segment of scheduleSegments(turns, overrides, whole.from)) {
    if (segment.from >= whole.to) break;
    const going = segment.places.map((place) => {
      const before = open.find((piece) => isSame(piece, place));
      return before
        ? Object.assign(before, { to: segment.to })
        : { from: segment.from, to: segment.to, ...place };
    });
    for (const piece of open) if (!going.includes(piece) && touches(piece, window)) told.push(piece);
    open = going;
    if (told.length > most) return { tooManyAfter: Math.max(window.from, segment.from) };
    yield;
  }
  told.push(...open.filter((piece) => touches(piece, window)));
  if (told.length > most) return { tooManyAfter: window.to };
  told.sort((one, other) => one.from - other.from || one.to - other.to);
  const shifts: OnCallShift[] = [];
  for (const { from, to, userId, rotation, override } of told) {
    const rotationId = rotation === null ? null : rotations[rotation]!.rotationId;
    const overrideId = override?.id ?? null;
    shifts.push({ from: instantOf(from), to: instantOf(to), userId, rotationId, overrideId });
    yield;
  }
  return { shifts };
}

/**
 * The time that the shifts of a window can reach: a shift is told whole, also where it begins before the window. It covers
 * the turns that touch the window, and the overrides that do.
 */
export function reach({ rotations, overrides }: Calendar, window: Stretch): Stretch {
  const whole = { ...window };
  const cover = ({ from, to }: Stretch) => {
    whole.from = Math.min(whole.from, from);
    whole.to = Math.max(whole.to, to);
  };
  for (const rotation of rotations) {
    // The first turn and the last one: those between them are within.
    for (const after of [window.from, window.to - 1]) {
      const { value: turn } = turnsOf(rotation, after).next();
      if (turn && touches(turn, window)) cover(turn);
    }
  }
  for (const override of overrides) if (touches(override, window)) cover(override);
  return whole;
}

interface Piece extends Assignment, Stretch {}

function isSame(piece: Piece, place: Assignment): boolean {
  return (
    piece.turn === place.turn && piece.userId === place.userId && piece.override?.id === place.override?.id
  );
}

function* turnsWithin(turns: Iterable<Turn>, to: Moment): Generator<Turn, void> {
  for (const turn of turns) {
    if (turn.from >= to) return;
    yield turn;
  }
}
