import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { pagingSource, responder } from "../stories/setting.ts";
import { whoIsOnCall } from "../../subgraphs/schedules/whoIsOnCall.ts";
import { moveToWednesday, newSchedule, nowIn, rotationOf, setState } from "./setting.ts";

let world: World;
let tenant: Tenant;
let ann: Person, ben: Person, cleo: Person;

beforeAll(async () => {
  // With a mail server everybody who has signed in has a way that works: the account's e-mail.
  world = await createWorld({ config: { SMTP_URL: "smtp://127.0.0.1:1" } });
  tenant = await world.tenant("acme");
  [ann, ben, cleo] = [
    await responder(tenant, "ann"),
    await responder(tenant, "ben"),
    await responder(tenant, "cleo"),
  ];
});
afterAll(() => world.close());

const week = async () => {
  const from = await moveToWednesday(world, tenant);
  return { from, to: from.add({ hours: 24 * 7 }) };
};

async function shown(id: string, { from, to }: { from: Temporal.Instant; to: Temporal.Instant }) {
  const { schedule } = await tenant.admin.ask<{
    schedule: {
      shifts: { user: { name: string }; canBePaged: boolean }[];
      gaps: { from: string; to: string }[];
    };
  }>(
    "query ($id: ID!, $from: DateTime!, $to: DateTime!) { schedule(id: $id) { shifts(from: $from, to: $to) { user { name } canBePaged } gaps(from: $from, to: $to) { from to } } }",
    { id, from: from.toString(), to: to.toString() },
  );
  return schedule;
}

const answerOf = (query: string, variables: object) => tenant.admin.answer(query, variables);

describe("a person on call without any way that works", () => {
  it("is a gap, as paging takes them for one, until they have one", async () => {
    const strict = await createWorld();
    const unreachable = await strict.tenant("unreachable");
    const dora = await unreachable.invite("dora");
    const schedule = await newSchedule(unreachable, [{ participantIds: [dora.id] }], "No way");
    const from = await moveToWednesday(strict, unreachable);
    const window = { from: from.toString(), to: from.add({ hours: 1 }).toString() };
    const look = () =>
      unreachable.admin.ask(
        "query ($id: ID!, $from: DateTime!, $to: DateTime!) { schedule(id: $id) { shifts(from: $from, to: $to) { canBePaged } gaps(from: $from, to: $to) { from to } } }",
        { id: schedule.id, ...window },
      );
    expect(await look()).toEqual({ schedule: { shifts: [{ canBePaged: false }], gaps: [window] } });
    await unreachable.admin.ask(
      "mutation ($input: CreateContactMethodInput!) { createContactMethod(input: $input) { contactMethod { id } } }",
      { input: { userId: dora.id, name: "terminal", notifier: "CONSOLE", address: "dora" } },
    );
    expect(await look()).toEqual({ schedule: { shifts: [{ canBePaged: true }], gaps: [] } });
    await strict.close();
  });
});

describe("a disabled person on call", () => {
  it("is shown as somebody who cannot be paged, and is a gap", async () => {
    const schedule = await newSchedule(tenant, [{ participantIds: [ann.id] }], "Gap");
    const window = await week();
    expect(await shown(schedule.id, window)).toMatchObject({ gaps: [] });
    await setState(tenant, ann, "DISABLED");
    const { shifts, gaps } = await shown(schedule.id, window);
    expect(shifts[0]).toEqual({ user: { name: "ann" }, canBePaged: false });
    expect(gaps).toEqual([{ from: window.from.toString(), to: window.to.toString() }]);
    await setState(tenant, ann, "ACTIVE");
  });

  it("can be replaced by an override, which ends the gap; and cannot stand in", async () => {
    const schedule = await newSchedule(tenant, [{ participantIds: [ann.id] }], "Replaced");
    const now = await moveToWednesday(world, tenant);
    const [from, to] = [now.add({ hours: 1 }), now.add({ hours: 24 * 7 })];
    await setState(tenant, ann, "DISABLED");
    await schedule.override({ userId: ben.id, replacesUserId: ann.id, from, to: from.add({ hours: 24 }) });
    const { gaps } = await shown(schedule.id, { from, to });
    expect(gaps).toEqual([{ from: from.add({ hours: 24 }).toString(), to: to.toString() }]);
    const standIn = schedule.override({ userId: ann.id, from: to, to: to.add({ hours: 1 }) });
    await expect(standIn).rejects.toThrow(`There is no user ${ann.id}`);
    await setState(tenant, ann, "ACTIVE");
  });

  it("does not keep their rotation from being edited, and cannot be put into another", async () => {
    const schedule = await newSchedule(tenant, [{ participantIds: [ann.id, ben.id] }], "Edited");
    const other = await newSchedule(tenant, [{ participantIds: [ben.id] }], "Other");
    await setState(tenant, ann, "DISABLED");
    const [[rotation], [another]] = await Promise.all([schedule.rotations(), other.rotations()]);
    const participantIds = [ann.id, ben.id, cleo.id];
    expect(await schedule.update(rotation!.id, { participantIds })).toBeUndefined();
    expect(await other.update(another!.id, { participantIds })).toBe("NOT_FOUND");
    await setState(tenant, ann, "ACTIVE");
  });

  it("is asked about once for all schedules of a query, however many shifts they have", async () => {
    const { from, to } = await week();
    const query =
      "query ($from: DateTime!, $to: DateTime!, $first: Int!) { schedules(first: $first) { nodes { shifts(from: $from, to: $to) { canBePaged } gaps(from: $from, to: $to) { from } } } }";
    const statements = async (first: number) => {
      const before = world.tocsin.statements();
      await tenant.admin.ask(query, { first, from: from.toString(), to: to.toString() });
      return world.tocsin.statements() - before;
    };
    expect(await statements(4)).toBe(await statements(1));
  });
});

describe("who is on call", () => {
  it("is told with the moment at which it is other people next", async () => {
    const weekly = await newSchedule(tenant, [{ participantIds: [ann.id, ben.id] }], "Weekly");
    const alone = await newSchedule(tenant, [{ participantIds: [ann.id] }], "Alone");
    const from = await moveToWednesday(world, tenant);
    const monday = from
      .toZonedDateTimeISO("Europe/Vienna")
      .add({ days: 5 })
      .withPlainTime("09:00")
      .toInstant();
    await weekly.override({ userId: cleo.id, from: from.add({ hours: 10 }), to: from.add({ hours: 12 }) });
    await alone.override({
      userId: cleo.id,
      from: from.add({ hours: 24 * 300 }),
      to: from.add({ hours: 24 * 301 }),
    });
    const ask = async (at: Temporal.Instant) => {
      const db = world.tocsin.databaseOf("schedules").tenant(tenant.id);
      const found = await whoIsOnCall(db, { scheduleIds: [weekly.id, alone.id], at });
      return [weekly, alone].map(({ id }) =>
        found.find(({ scheduleId }) => scheduleId === id)?.nextChangeAt?.toString(),
      );
    };
    const in300Days = from.add({ hours: 24 * 300 }).toString();
    expect(await ask(from)).toEqual([from.add({ hours: 10 }).toString(), in300Days]);
    expect(await ask(from.add({ hours: 10 }))).toEqual([from.add({ hours: 12 }).toString(), in300Days]);
    expect(await ask(from.add({ hours: 12 }))).toEqual([monday.toString(), in300Days]);
    expect(await ask(from.add({ hours: 24 * 301 }))).toEqual([expect.any(String), undefined]);
  });
});

describe("what is in use is not deleted", () => {
  it("a schedule that an escalation path pages: the paths are named", async () => {
    const schedule = await newSchedule(tenant, [{ participantIds: [ann.id] }], "Paged");
    const { pathId } = await pagingSource(tenant, [{ scheduleIds: [schedule.id] }]);
    const remove = () =>
      answerOf("mutation ($id: ID!) { deleteSchedule(input: { id: $id }) { deletedScheduleId } }", {
        id: schedule.id,
      });
    expect((await remove()).errors?.[0]?.extensions).toMatchObject({
      code: "IN_USE",
      usedBy: [{ thing: "escalation path", id: pathId, name: "Everybody" }],
    });
    const unused = await newSchedule(tenant, [{ participantIds: [ann.id] }], "Unused");
    const gone = await answerOf(
      "mutation ($id: ID!) { deleteSchedule(input: { id: $id }) { deletedScheduleId } }",
      { id: unused.id },
    );
    expect(gone).toEqual({ data: { deleteSchedule: { deletedScheduleId: unused.id } } });
  });

  it("a team that schedules belong to: they are named, and its people stay when it goes", async () => {
    const { createTeam } = await tenant.admin.ask<{ createTeam: { team: { id: string } } }>(
      'mutation ($memberIds: [ID!]!) { createTeam(input: { name: "Database", memberIds: $memberIds }) { team { id } } }',
      { memberIds: [ann.id] },
    );
    const schedule = await newSchedule(tenant, [{ participantIds: [ann.id] }], "Owned");
    const give = (teamId: string | null) =>
      tenant.admin.ask(
        "mutation ($input: UpdateScheduleInput!) { updateSchedule(input: $input) { schedule { id } } }",
        {
          input: { id: schedule.id, changes: { teamId } },
        },
      );
    await give(createTeam.team.id);
    const remove = () =>
      answerOf("mutation ($id: ID!) { deleteTeam(input: { id: $id }) { deletedTeamId } }", {
        id: createTeam.team.id,
      });
    expect((await remove()).errors?.[0]?.extensions).toMatchObject({
      code: "IN_USE",
      usedBy: [{ thing: "schedule", id: schedule.id, name: "Owned" }],
    });
    await give(null);
    expect(await remove()).toEqual({ data: { deleteTeam: { deletedTeamId: createTeam.team.id } } });
    expect((await remove()).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    const { user } = await tenant.admin.ask<{ user: object }>(
      "query ($id: ID!) { user(id: $id) { name teams { id } } }",
      { id: ann.id },
    );
    expect(user).toEqual({ name: "ann", teams: [] });
  });
});

describe("a role", () => {
  const roles = async () =>
    (
      await tenant.admin.ask<{ roles: { nodes: { id: string; name: string; version: number }[] } }>(
        "{ roles { nodes { id name version } } }",
      )
    ).roles.nodes;
  const roleOf = async (name: string) => (await roles()).find((role) => role.name === name)!;
  const remove = (id: string, replaceWithId?: string) =>
    answerOf(
      "mutation ($id: ID!, $replaceWithId: ID) { deleteRole(input: { id: $id, replaceWithId: $replaceWithId }) { deletedRoleId } }",
      { id, replaceWithId },
    );

  it("that people have is deleted with a replacement only, which they get", async () => {
    const [old, fresh] = [await roleOf("Role of ann"), await roleOf("Role of ben")];
    expect((await remove(old.id)).errors?.[0]?.extensions).toMatchObject({
      code: "IN_USE",
      usedBy: [{ thing: "user", id: ann.id, name: "ann" }],
    });
    expect((await remove(old.id, old.id)).errors?.[0]?.extensions.code).toBe("INVALID_ARGUMENT");
    expect(await remove(old.id, fresh.id)).toEqual({ data: { deleteRole: { deletedRoleId: old.id } } });
    const { user } = await tenant.admin.ask<{ user: object }>(
      "query ($id: ID!) { user(id: $id) { roles { name } } }",
      { id: ann.id },
    );
    expect(user).toEqual({ roles: [{ name: "Role of ben" }] });
  });

  it("that is the last to let anybody assign roles cannot be replaced by one that does not", async () => {
    const [administrator, weaker] = [await roleOf("Administrator"), await roleOf("Role of cleo")];
    const refused = await remove(administrator.id, weaker.id);
    expect(refused.errors?.[0]?.extensions.code).toBe("INVALID_ARGUMENT");
    expect(await roleOf("Administrator")).toBeDefined();
  });

  it("is not replaced by one that permits more than whoever asks may", async () => {
    const helper = await tenant.invite("helper", ["RoleManage", "RoleAssign"]);
    const weaker = await roleOf("Role of cleo");
    const answer = await helper.answer(
      "mutation ($id: ID!, $replaceWithId: ID) { deleteRole(input: { id: $id, replaceWithId: $replaceWithId }) { deletedRoleId } }",
      { id: weaker.id, replaceWithId: (await roleOf("Administrator")).id },
    );
    expect(answer.errors?.[0]?.extensions.code).toBe("PERMISSION_DENIED");
  });

  it("that two people save at once: the second is told what changed meanwhile", async () => {
    const role = await roleOf("Role of cleo");
    const save = async (name: string) =>
      (
        await answerOf(
          "mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { version } } }",
          {
            input: { id: role.id, expectedVersion: role.version, changes: { name } },
          },
        )
      ).errors?.[0]?.extensions;
    const both = await Promise.all([save("Database people"), save("Network people")]);
    const stale = both.find((error) => error !== undefined);
    expect(both.filter((error) => error === undefined)).toHaveLength(1);
    expect(stale).toMatchObject({
      code: "VERSION_STALE",
      version: role.version + 1,
      current: { version: role.version + 1 },
    });
  });
});

describe("an override", () => {
  it("puts nobody in place of themselves, which would keep others from standing in for them", async () => {
    const schedule = await newSchedule(tenant, [{ participantIds: [ann.id] }], "Themselves");
    const from = await moveToWednesday(world, tenant);
    const to = from.add({ hours: 24 });
    const themselves = schedule.override({ userId: ann.id, replacesUserId: ann.id, from, to });
    await expect(themselves).rejects.toThrow("replacesUserId: must be somebody else than userId");
    await schedule.override({ userId: ben.id, replacesUserId: ann.id, from, to });
  });
});

describe("what a schedule may have", () => {
  it("is 50 rotations at most", async () => {
    const rotation = rotationOf({ participantIds: [ann.id] });
    const many = Array.from({ length: 51 }, () => rotation);
    await expect(newSchedule(tenant, many, "Many")).rejects.toThrow("a schedule has at most 50 rotations");
  });

  it("is 1,000 overrides that are still to end", async () => {
    const schedule = await newSchedule(tenant, [{ participantIds: [ann.id] }], "Overridden");
    await world.database.query(
      `insert into schedules.override (tenant_id, schedule_id, user_id, from_at, to_at)
       select $1, $2, $3, process.now() + number * interval '1 hour', process.now() + (number + 1) * interval '1 hour'
       from generate_series(10, 1009) number`,
      [tenant.id, schedule.id, ben.id],
    );
    const from = await nowIn(world, tenant);
    await expect(schedule.override({ userId: ben.id, from, to: from.add({ hours: 1 }) })).rejects.toThrow(
      "has 1000 overrides that are still to end",
    );
  });

  it("is told in up to 5,000 shifts at once; beyond, one is told what to ask for", async () => {
    const hourly = rotationOf({ participantIds: [ann.id, ben.id], shiftUnit: "HOURS" });
    const schedule = await newSchedule(tenant, [hourly, hourly, hourly, hourly, hourly], "Hourly");
    const { from } = await week();
    const to = from.add({ hours: 24 * 366 });
    const refused = await answerOf(
      "query ($id: ID!, $from: DateTime!, $to: DateTime!) { schedule(id: $id) { shifts(from: $from, to: $to) { from } } }",
      { id: schedule.id, from: from.toString(), to: to.toString() },
    );
    const reason = refused.errors?.[0]?.extensions["reason"] as string;
    expect(reason).toMatch(/^more than 5000 shifts; ask for a time that ends before /);
    const until = Temporal.Instant.from(reason.split(" ").at(-1)!);
    const told = await schedule.shifts(from, until.subtract({ hours: 1 }));
    expect(told.length).toBeGreaterThan(4_900);
  });
});
