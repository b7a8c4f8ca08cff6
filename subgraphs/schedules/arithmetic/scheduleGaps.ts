import { intervalOf, type Interval, type Stretch } from "./intervals.ts";
import { scheduleSegments, turnsOf, type Calendar } from "./scheduleSegments.ts";

/**
 * When nobody is on call within a time, of those for whom it counts, in order. A generator that stops after each step, so
 * that whoever runs it can let others go first.
 */
export function* scheduleGaps(
  { rotations, overrides }: Calendar,
  window: Stretch,
  counts: (userId: string) => boolean,
): Generator<void, Interval[]> {
  const turns = rotations.map((rotation) => turnsOf(rotation, window.from));
  const gaps: Stretch[] = [];
  for (const { from, to, places } of scheduleSegments(turns, overrides, window.from)) {
    if (from >= window.to) break;
    yield;
    if (places.some(({ userId }) => counts(userId))) continue;
    const last = gaps.at(-1);
    if (last?.to === from) last.to = Math.min(to, window.to);
    else gaps.push({ from, to: Math.min(to, window.to) });
  }
  return gaps.map(intervalOf);
}
