import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { moveToWednesday, newSchedule, nowIn, type SaidRotation, type ScheduleOfTenant } from "./setting.ts";

let world: World;
let tenant: Tenant;
let ann: string, ben: string, cleo: string, dan: string;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("acme");
  const people: Person[] = [];
  for (const who of ["ann", "ben", "cleo", "dan"]) people.push(await tenant.invite(who));
  [ann, ben, cleo, dan] = people.map(({ id }) => id) as [string, string, string, string];
});
afterAll(() => world.close());

let schedules = 0;

/** A schedule whose present turn, of two days ago, is the first person's; and when their handover is. */
async function onWednesday(order: readonly string[], more: Partial<SaidRotation> = {}) {
  const now = await moveToWednesday(world, tenant);
  const monday = now.subtract({ hours: 48 }).toZonedDateTimeISO("Europe/Vienna").withPlainTime("09:00");
  const startsOn = monday.toPlainDate().toString();
  const schedule = await newSchedule(
    tenant,
    [{ participantIds: [...order], startsOn, ...more }],
    `${schedules++}`,
  );
  const [rotation] = await schedule.rotations();
  const said = { startsOn, ...more };
  const edit = (participantIds: string[], change: Partial<SaidRotation> = {}) =>
    schedule.update(rotation!.id, { ...said, participantIds, ...change });
  const at = (weeks: number, hours = 1) => monday.add({ weeks, hours }).toInstant();
  return { now, schedule, edit, at, handover: monday.add({ weeks: 1 }).toInstant(), rotation: rotation! };
}

const inWeeks = async (schedule: ScheduleOfTenant, at: (week: number) => Temporal.Instant, weeks: number[]) =>
  (await Promise.all(weeks.map((week) => schedule.onCall(at(week))))).flat();

describe("editing a rotation keeps whoever is on call until their handover, then the next in the new order", () => {
  it.each<[string, () => string[], () => string[]]>([
    ["appending", () => [ann, ben, cleo], () => [ann, ben, cleo, ann]],
    ["prepending", () => [cleo, ann, ben], () => [ann, ben, cleo, ann]],
    ["inserting behind them", () => [ann, cleo, ben], () => [ann, cleo, ben, ann]],
    ["removing the next", () => [ann, cleo], () => [ann, cleo, ann, cleo]],
    ["reversing", () => [ben, ann], () => [ann, ben, ann, ben]],
    ["putting them in twice", () => [ann, ben, ann, cleo], () => [ann, ben, ann, cleo]],
  ])("%s", async (_what, order, expected) => {
    const { schedule, edit, at } = await onWednesday([ann, ben]);
    expect(await edit(order())).toBeUndefined();
    expect(await inWeeks(schedule, at, [0, 1, 2, 3])).toEqual(expected());
    expect(await schedule.onCall()).toEqual([ann]);
  });

  it("also when the length and the handover change: the first turn lasts half its length at least", async () => {
    const { now, schedule, edit, handover } = await onWednesday([ann, ben]);
    await edit([ann, ben], { shiftUnit: "DAYS", handoverWeekday: null, handoverTime: "10:00" });
    const shifts = await schedule.shifts(now, now.add({ hours: 24 * 7 }));
    expect(shifts.slice(0, 3).map(({ user, to }) => [user.id, to])).toEqual([
      [ann, handover.toString()],
      [ben, handover.add({ hours: 25 }).toString()],
      [ann, handover.add({ hours: 49 }).toString()],
    ]);
  });

  it("but who is removed themselves goes at once, and the next takes over", async () => {
    const { now, schedule, edit, at } = await onWednesday([ann, ben, cleo]);
    await edit([ben, cleo]);
    expect(await schedule.onCall()).toEqual([ben]);
    expect(await inWeeks(schedule, at, [1, 2, 3])).toEqual([cleo, ben, cleo]);
    expect(await schedule.onCall(now.subtract({ hours: 1 }))).toEqual([ann]);
  });

  it("also when it is edited again before the handover, and again", async () => {
    const { schedule, edit, at } = await onWednesday([ann, ben]);
    await edit([cleo, ann, ben]);
    await edit([cleo, dan, ann, ben]);
    await edit([dan, ann, cleo]);
    expect(await inWeeks(schedule, at, [0, 1, 2, 3])).toEqual([ann, cleo, dan, ann]);
    await edit([dan, cleo]);
    expect(await schedule.onCall()).toEqual([dan]);
    expect(await inWeeks(schedule, at, [1, 2])).toEqual([cleo, dan]);
  });

  it("and another name alone changes nobody's turn", async () => {
    const { schedule, edit, rotation } = await onWednesday([ann, ben]);
    await edit([ann, ben], { name: "Renamed" });
    expect(
      await world.database.query("select * from schedules.past_rotation_version where rotation_id = $1", [
        rotation.id,
      ]),
    ).toEqual([]);
    expect(await schedule.rotations()).toMatchObject([{ version: 2 }]);
  });

  it("an earlier end comes when it is said, a later one prolongs the turn that runs", async () => {
    const { now, schedule, edit, at } = await onWednesday([ann, ben], { endsOn: "2999-01-01" });
    const tomorrow = now.add({ hours: 24 }).toZonedDateTimeISO("Europe/Vienna").toPlainDate().toString();
    await edit([ann, ben], { endsOn: tomorrow });
    expect(await schedule.onCall(now.add({ hours: 12 }))).toEqual([ann]);
    expect(await schedule.onCall(now.add({ hours: 24 }))).toEqual([]);
    await edit([ann, ben], { endsOn: null });
    expect(await inWeeks(schedule, at, [0, 1, 2])).toEqual([ann, ben, ann]);
    expect(await schedule.onCall(now.add({ hours: 30 }))).toEqual([ann]);
  });
});

describe("two people who save one rotation", () => {
  it("are told: the second, what the first changed meanwhile", async () => {
    const { schedule, rotation } = await onWednesday([ann, ben]);
    const said = { startsOn: "2024-01-01" };
    const both = await Promise.all([
      schedule.update(rotation.id, { ...said, participantIds: [ann, ben, cleo] }, 1),
      schedule.update(rotation.id, { ...said, participantIds: [ann, ben, dan] }, 1),
    ]);
    expect(both.sort()).toEqual(["VERSION_STALE", undefined]);
    expect(await schedule.rotations()).toMatchObject([{ version: 2 }]);
    expect(await schedule.update(rotation.id, { ...said, participantIds: [ann] }, 2)).toBeUndefined();
  });
});

describe("the past", () => {
  it("of a rotation that is removed stays, and it puts nobody on call from then on", async () => {
    const { now, schedule } = await onWednesday([ann]);
    await tenant.admin.ask(
      "mutation ($scheduleId: ID!, $rotation: RotationInput!) { addRotation(input: { scheduleId: $scheduleId, rotation: $rotation }) { rotation { id } } }",
      {
        scheduleId: schedule.id,
        rotation: { name: "Second", participantIds: [ben], timeZone: "UTC", startsOn: "2024-01-01" },
      },
    );
    expect(await schedule.onCall(now.subtract({ hours: 1 }))).toEqual([ann]);
    await world.advance({ hours: 5 });
    expect(await schedule.onCall()).toEqual([ann, ben].sort());
    const [, second] = await schedule.rotations();
    await tenant.admin.ask("mutation ($id: ID!) { removeRotation(input: { id: $id }) { schedule { id } } }", {
      id: second!.id,
    });
    expect(await schedule.onCall()).toEqual([ann]);
    expect(await schedule.onCall(now.add({ hours: 4 }))).toEqual([ann, ben].sort());
  });

  it("of an override that is cancelled while it runs stays, and one that has not begun is gone", async () => {
    const { now, schedule } = await onWednesday([ann]);
    const running = await schedule.override({
      userId: ben,
      from: now.subtract({ hours: 5 }),
      to: now.add({ hours: 9 }),
    });
    const coming = await schedule.override({
      userId: cleo,
      from: now.add({ hours: 20 }),
      to: now.add({ hours: 30 }),
    });
    expect(await schedule.onCall(now.subtract({ hours: 1 }))).toEqual([ann]);
    await world.advance({ hours: 3 });
    await schedule.cancel(running);
    await schedule.cancel(coming);
    await schedule.cancel(running);
    expect(await schedule.onCall()).toEqual([ann]);
    expect(await schedule.onCall(now.add({ hours: 2 }))).toEqual([ben]);
    expect(await schedule.onCall(now.add({ hours: 25 }))).toEqual([ann]);
  });

  it("cannot be overridden", async () => {
    const { now, schedule } = await onWednesday([ann]);
    const over = { userId: ben, from: now.subtract({ hours: 5 }), to: now.subtract({ hours: 1 }) };
    await expect(schedule.override(over)).rejects.toThrow("to: must be in the future");
  });

  it("is what was shown then, whatever was done since", async () => {
    const change = fc.record({
      hours: fc.integer({ min: 1, max: 200 }),
      order: fc.uniqueArray(fc.constantFrom(0, 1, 2, 3), { minLength: 1 }),
      unit: fc.constantFrom("HOURS", "DAYS", "WEEKS"),
      length: fc.integer({ min: 1, max: 4 }),
      handoverTime: fc.constantFrom("09:00", "17:30"),
      standIn: fc.constantFrom(null, null, 0, 3),
      cancels: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 3, maxLength: 8 }), async (changes) => {
        const everybody = [ann, ben, cleo, dan];
        const { schedule, rotation } = await onWednesday([ann, ben]);
        const shown: [Temporal.Instant, string[]][] = [];
        const overrides: string[] = [];
        const look = async () => void shown.push([await nowIn(world, tenant), await schedule.onCall()]);
        for (const { hours, order, unit, length, handoverTime, standIn, cancels } of changes) {
          await look();
          const before = shown.at(-1)![1];
          const participantIds = order.map((index) => everybody[index]!);
          await schedule.update(rotation.id, {
            participantIds,
            startsOn: "2024-01-01",
            shiftUnit: unit,
            shiftLength: length,
            handoverTime,
          });
          const stays = overrides.length === 0 && before.every((id) => participantIds.includes(id));
          const after = await schedule.onCall();
          expect(stays ? after : before).toEqual(before);
          const now = await nowIn(world, tenant);
          const time = { from: now, to: now.add({ hours: 50 }) };
          if (cancels) for (const id of overrides.splice(0)) await schedule.cancel(id);
          if (standIn !== null && overrides.length === 0)
            overrides.push(await schedule.override({ userId: everybody[standIn]!, ...time }));
          await world.database.moveClock({ hours });
        }
        await look();
        for (const [at, people] of shown) {
          // At the very moment of a change both answers are right; a moment before it, only what was shown.
          expect([at.toString(), await schedule.onCall(at.subtract({ nanoseconds: 1_000 }))]).toEqual([
            at.toString(),
            people,
          ]);
        }
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 180_000);
});

describe("of two equal overrides at once", () => {
  it("the second fails, also in transactions that overlap", async () => {
    const { now, schedule } = await onWednesday([ann]);
    const equal = {
      userId: ben,
      replacesUserId: ann,
      from: now.add({ hours: 1 }),
      to: now.add({ hours: 2 }),
    };
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => schedule.override(equal)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
