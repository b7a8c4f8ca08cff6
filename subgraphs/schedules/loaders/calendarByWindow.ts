import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { loadOne } from "#shared/loaders/loaders.ts";
import { inSlices } from "#shared/runtime/inSlices.ts";
import { intervalOf, momentOf, stretchOf, type Interval } from "../arithmetic/intervals.ts";
import type { RotationVersion } from "../arithmetic/rotationTurns.ts";
import type { Calendar, OverrideRule, RotationHistory } from "../arithmetic/scheduleSegments.ts";
import { reach } from "../arithmetic/scheduleShifts.ts";
import { PastRotationVersion } from "../entities/PastRotationVersion.ts";
import { Rotation } from "../entities/Rotation.ts";

/** A question about a schedule: what holds in this time? */
export interface Window extends Interval {
  scheduleId: string;
}

/** What a schedule is made of in given times: a statement a table, however many schedules and times are asked about. */
export const calendarByWindow = loadOne({
  name: "calendarByWindow",
  fetch: findCalendars,
  key: (answer: Window & { calendar: Calendar }) => windowKey(answer),
  cacheKey: windowKey,
});

/** The same time of the same schedule is the same question. */
export function windowKey({ scheduleId, from, to }: Window): string {
  return `${scheduleId} ${from.toString()} ${to.toString()}`;
}

/** Answers each question with what its shifts are worked out from, in order; a schedule that does not exist has nothing. */
export async function findCalendars(
  db: TenantDatabase,
  windows: readonly Window[],
): Promise<(Window & { calendar: Calendar })[]> {
  const rotations = await findRotations(db, windows);
  const calendars = windows.map(({ scheduleId }) => ({
    rotations: rotations.get(scheduleId) ?? [],
    overrides: [],
  }));
  const reaches = await inSlices(wholeWindows(windows, calendars));
  const overrides = await findOverrides(db, reaches);
  return windows.map((window, index) => ({
    ...window,
    calendar: { rotations: calendars[index]!.rotations, overrides: overrides.get(index) ?? [] },
  }));
}

/** The rotations of schedules, with all their versions that were in force in any of the times. */
export async function findRotations(
  db: TenantDatabase,
  windows: readonly Window[],
): Promise<ReadonlyMap<string, RotationHistory[]>> {
  const scheduleId = { $in: [...new Set(windows.map((window) => window.scheduleId))] };
  const [first] = windows.map(({ from }) => from).sort(Temporal.Instant.compare);
  if (!first) return new Map();
  const past = await db.find(PastRotationVersion, { scheduleId, effectiveTo: { $gt: first } });
  const present = await db.find(Rotation, { scheduleId });
  const versions = [
    ...past,
    ...present.map((rotation) => ({ ...rotation, rotationId: rotation.id, effectiveTo: null })),
  ].sort((one, other) => one.position - other.position || byEffect(one, other));
  const histories = [...Map.groupBy(versions, ({ rotationId }) => rotationId)].map(([rotationId, own]) => ({
    rotationId,
    versions: own,
    scheduleId: own[0]!.scheduleId,
  }));
  return Map.groupBy(histories, (history) => history.scheduleId);
}

function byEffect(one: RotationVersion, other: RotationVersion): number {
  const [begins, otherBegins] = [one, other].map(({ effectiveFrom }) =>
    effectiveFrom ? momentOf(effectiveFrom) : -Infinity,
  ) as [number, number];
  return begins === otherBegins ? 0 : begins - otherBegins;
}

function* wholeWindows(
  windows: readonly Window[],
  calendars: readonly Calendar[],
): Generator<void, Window[]> {
  const whole: Window[] = [];
  for (const [index, window] of windows.entries()) {
    const calendar = calendars[index]!;
    whole.push({ scheduleId: window.scheduleId, ...intervalOf(reach(calendar, stretchOf(window))) });
    yield;
  }
  return whole;
}

// An override in place of everybody is told whole as well, so what touches it belongs to the answer, however far it reaches.
async function findOverrides(db: TenantDatabase, windows: readonly Window[]) {
  const ids = windows.map(({ scheduleId }) => scheduleId);
  const begins = windows.map(({ from }) => from.toString());
  const ends = windows.map(({ to }) => to.toString());
  // In moments, since an instant of each of tens of thousands takes longer than all else. By id, which is the order in which they were made: of two that meet, the later wins.
  const found = await db.sql<OverrideRule & { number: number }>`
    with asked as (
      select * from unnest(${ids}::uuid[], ${begins}::timestamptz[], ${ends}::timestamptz[])
        with ordinality as asked (schedule_id, from_at, to_at, number)
    ), whole as (
      select asked.number, asked.schedule_id, least(asked.from_at, min(touching.from_at)) as from_at,
        greatest(asked.to_at, max(touching.to_at)) as to_at
      from asked
      left join schedules.override touching
        on touching.tenant_id = ${db.tenantId} and touching.schedule_id = asked.schedule_id
          and touching.from_at < asked.to_at and touching.to_at > asked.from_at
      group by asked.number, asked.schedule_id, asked.from_at, asked.to_at
    )
    select whole.number::int as number, override.id, override.user_id as "userId",
      override.replaces_user_id as "replacesUserId",
      (extract(epoch from override.from_at) * 1000000)::float8 as "from",
      (extract(epoch from override.to_at) * 1000000)::float8 as "to"
    from whole
    join schedules.override
      on override.tenant_id = ${db.tenantId} and override.schedule_id = whole.schedule_id
        and override.from_at < whole.to_at and override.to_at > whole.from_at
    order by override.id`;
  return Map.groupBy(found, ({ number }) => number - 1);
}
