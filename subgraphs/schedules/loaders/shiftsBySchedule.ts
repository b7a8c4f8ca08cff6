import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { loadOne } from "#shared/loaders/loaders.ts";
import type { Interval } from "../arithmetic/intervals.ts";
import { reach, scheduleShifts, type OnCallShift } from "../arithmetic/scheduleShifts.ts";
import { Override } from "../entities/Override.ts";
import { Rotation } from "../entities/Rotation.ts";

/** A question about a schedule: who is on call in this time? */
export interface Window extends Interval {
  scheduleId: string;
}

/** A shift, of the schedule it belongs to. */
export type ScheduledShift = OnCallShift & { scheduleId: string };

/** The shifts of schedules that touch given times: two statements, however many schedules and times are asked about. */
export const shiftsBySchedule = loadOne({
  name: "shiftsBySchedule",
  fetch: findShifts,
  key: (answer: Window & { shifts: ScheduledShift[] }) => windowKey(answer),
  cacheKey: windowKey,
});

/** The same time of the same schedule is the same question. */
export function windowKey({ scheduleId, from, to }: Window): string {
  return `${scheduleId} ${from.toString()} ${to.toString()}`;
}

/** Answers each question with its shifts, in order; a schedule that does not exist has none. */
export async function findShifts(
  db: TenantDatabase,
  windows: readonly Window[],
): Promise<(Window & { shifts: ScheduledShift[] })[]> {
  const scheduleIds = [...new Set(windows.map((window) => window.scheduleId))];
  const rotations = await db.find(
    Rotation,
    { scheduleId: { $in: scheduleIds } },
    { orderBy: { position: "asc" } },
  );
  const overrides = await findOverrides(db, windows, rotations);
  return windows.map((window) => {
    const own = <Part extends { scheduleId: string }>(part: Part) => part.scheduleId === window.scheduleId;
    const shifts = scheduleShifts(rotations.filter(own), overrides.filter(own), window.from, window.to);
    return { ...window, shifts: shifts.map((shift) => ({ ...shift, scheduleId: window.scheduleId })) };
  });
}

async function findOverrides(
  db: TenantDatabase,
  windows: readonly Window[],
  rotations: readonly Rotation[],
): Promise<Override[]> {
  const reaches = windows.map((window) => reach(rotations, window.from, window.to));
  const from = reaches.map((interval) => interval.from).sort(Temporal.Instant.compare)[0];
  const to = reaches
    .map((interval) => interval.to)
    .sort(Temporal.Instant.compare)
    .at(-1);
  if (!from || !to) return [];
  const scheduleIds = [...new Set(windows.map((window) => window.scheduleId))];
  // By id, which is the order in which they were made: of two that meet, the later wins.
  const where = { scheduleId: { $in: scheduleIds }, from: { $lt: to }, to: { $gt: from } };
  return db.find(Override, where, { orderBy: { id: "asc" } });
}
