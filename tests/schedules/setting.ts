import type { Person, Tenant, World } from "../support/world.ts";

/** A rotation as people say it: a week each from Monday at 09:00 in Vienna, by default. */
export interface SaidRotation {
  name?: string;
  participantIds: string[];
  timeZone?: string;
  handoverTime?: string;
  handoverWeekday?: string | null;
  shiftLength?: number;
  shiftUnit?: "HOURS" | "DAYS" | "WEEKS";
  startsOn?: string;
  endsOn?: string | null;
}

/** Everything a rotation says. */
export function rotationOf(said: SaidRotation): SaidRotation {
  const weekday = (said.shiftUnit ?? "WEEKS") === "WEEKS" ? { handoverWeekday: "MONDAY" } : {};
  return { name: "Primary", timeZone: "Europe/Vienna", startsOn: "2024-01-01", ...weekday, ...said };
}

/** A schedule in a tenant, and what stories do to it. */
export interface ScheduleOfTenant {
  readonly id: string;
  /** Its rotations, in order. */
  rotations(): Promise<{ id: string; version: number }[]>;
  /** Who is on call at a moment, sorted; now, when none is given. */
  onCall(at?: Temporal.Instant): Promise<string[]>;
  shifts(from: Temporal.Instant, to: Temporal.Instant): Promise<ToldShift[]>;
  /** What changes the rotation of this id. */
  update(id: string, said: SaidRotation, expectedVersion?: number): Promise<string | undefined>;
  override(said: {
    userId: string;
    replacesUserId?: string;
    from: Temporal.Instant;
    to: Temporal.Instant;
  }): Promise<string>;
  cancel(overrideId: string): Promise<void>;
}

/** A shift as it is told. */
export interface ToldShift {
  user: { id: string };
  from: string;
  to: string;
}

/** Creates a schedule with these rotations. */
export async function newSchedule(
  { admin }: Tenant,
  rotations: readonly SaidRotation[],
  name = "On call",
): Promise<ScheduleOfTenant> {
  const { createSchedule } = await admin.ask<{ createSchedule: { schedule: { id: string } } }>(
    "mutation ($input: CreateScheduleInput!) { createSchedule(input: $input) { schedule { id } } }",
    { input: { name, timeZone: "Europe/Vienna", rotations: rotations.map(rotationOf) } },
  );
  const { id } = createSchedule.schedule;
  const ask = async <Data>(fields: string, variables: object = {}): Promise<Data> => {
    const declared = { id: "ID!", at: "DateTime", from: "DateTime!", to: "DateTime!" };
    const names = ["id", ...Object.keys(variables)] as (keyof typeof declared)[];
    const query = `query (${names.map((each) => `$${each}: ${declared[each]}`).join(", ")}) { schedule(id: $id) { ${fields} } }`;
    return (await admin.ask<{ schedule: Data }>(query, { id, ...variables })).schedule;
  };
  return {
    id,
    rotations: async () =>
      (await ask<{ rotations: { id: string; version: number }[] }>("rotations { id version }")).rotations,
    async onCall(at) {
      const { onCall } = await ask<{ onCall: ToldShift[] }>("onCall(at: $at) { user { id } }", {
        at: at?.toString() ?? null,
      });
      return onCall.map(({ user }) => user.id).sort();
    },
    async shifts(from, to) {
      const window = { from: from.toString(), to: to.toString() };
      const fields = "shifts(from: $from, to: $to) { user { id } from to }";
      return (await ask<{ shifts: ToldShift[] }>(fields, window)).shifts;
    },
    async update(rotationId, said, expectedVersion) {
      const { errors } = await admin.answer(
        "mutation ($id: ID!, $rotation: RotationInput!, $expectedVersion: Int) { updateRotation(input: { id: $id, rotation: $rotation, expectedVersion: $expectedVersion }) { rotation { id } } }",
        { id: rotationId, rotation: rotationOf(said), expectedVersion },
      );
      return errors?.[0]?.extensions.code;
    },
    async override({ from, to, ...who }) {
      const { createOverride } = await admin.ask<{ createOverride: { override: { id: string } } }>(
        "mutation ($input: CreateOverrideInput!) { createOverride(input: $input) { override { id } } }",
        { input: { scheduleId: id, ...who, from: from.toString(), to: to.toString() } },
      );
      return createOverride.override.id;
    },
    async cancel(overrideId) {
      await admin.ask("mutation ($id: ID!) { cancelOverride(input: { id: $id }) { schedule { id } } }", {
        id: overrideId,
      });
    },
  };
}

/** Disables somebody, or lets them in again. */
export async function setState(
  { admin }: Tenant,
  { id }: Person,
  state: "ACTIVE" | "DISABLED",
): Promise<void> {
  await admin.ask("mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }", {
    input: { id, changes: { state } },
  });
}

/** The clock of the world. */
export function nowIn(world: World, tenant: Tenant): Promise<Temporal.Instant> {
  return world.tocsin.databaseOf("schedules").tenant(tenant.id).now();
}

/** Moves the clock to the next Wednesday at 12:20 UTC: a week in Vienna is two days old, and no handover is near. */
export async function moveToWednesday(world: World, tenant: Tenant): Promise<Temporal.Instant> {
  const now = (await nowIn(world, tenant)).toZonedDateTimeISO("UTC");
  const noon = now.add({ days: ((3 - now.dayOfWeek + 7) % 7) + 7 }).withPlainTime("12:20");
  await world.database.moveClock({ seconds: Math.round(now.until(noon).total("seconds")) });
  return nowIn(world, tenant);
}
