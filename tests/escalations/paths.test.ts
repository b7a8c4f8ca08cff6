import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type GraphAnswer, type Tenant, type World } from "../support/world.ts";

let world: World;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("paths");
});

afterAll(() => world.close());

const CREATE =
  "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id version repeats } } }";
const UPDATE =
  "mutation ($input: UpdateEscalationPathInput!) { updateEscalationPath(input: $input) { escalationPath { id version } } }";
const DELETE = "mutation ($id: ID!) { deleteEscalationPath(input: { id: $id }) { deletedEscalationPathId } }";
const TARGETS =
  "query ($id: ID!) { escalationPath(id: $id) { name levels { targets { user { name } schedule { name } } } } }";

interface Path {
  id: string;
  version: number;
  repeats: number;
}

const createPath = async (name: string, levels: object[] = [{ userIds: [tenant.admin.id] }]) =>
  (
    await tenant.admin.ask<{ createEscalationPath: { escalationPath: Path } }>(CREATE, {
      input: { name, levels },
    })
  ).createEscalationPath.escalationPath;

const codesOf = ({ errors }: GraphAnswer) => errors?.map((error) => error.extensions.code);

describe("an escalation path", () => {
  it("is gone through four times by default", async () => {
    expect((await createPath("Default")).repeats).toBe(3);
  });

  it("is not changed by who looked at an older version, and they are told what holds now", async () => {
    const { id, version } = await createPath("Edited");
    const change = (name: string) =>
      tenant.admin.answer(UPDATE, { input: { id, expectedVersion: version, changes: { name } } });
    expect((await change("Edited first")).data).toMatchObject({
      updateEscalationPath: { escalationPath: { version: version + 1 } },
    });
    const { errors } = await change("Edited second");
    expect(errors?.[0]?.extensions).toMatchObject({
      code: "VERSION_STALE",
      version: version + 1,
      current: { name: "Edited first" },
    });
    expect(
      codesOf(await tenant.admin.answer(UPDATE, { input: { id, changes: { repeats: 1 } } })),
    ).toBeUndefined();
  });

  it("can be changed while it names somebody who was disabled, and names no such person anew", async () => {
    const ann = await tenant.invite("ann");
    const { id } = await createPath("With ann", [{ userIds: [ann.id] }]);
    await tenant.admin.ask(
      "mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }",
      {
        input: { id: ann.id, changes: { state: "DISABLED" } },
      },
    );
    const levels = [{ userIds: [ann.id, tenant.admin.id] }];
    expect(
      codesOf(await tenant.admin.answer(UPDATE, { input: { id, changes: { levels } } })),
    ).toBeUndefined();
    const { id: other } = await createPath("Without ann");
    expect(codesOf(await tenant.admin.answer(UPDATE, { input: { id: other, changes: { levels } } }))).toEqual(
      ["NOT_FOUND"],
    );
  });

  it("that an alert route pages along is not deleted, and the route is named", async () => {
    const { id } = await createPath("Used");
    await tenant.admin.ask(
      "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
      {
        input: { name: "Databases", action: { groupByLabels: [], escalationPathId: id } },
      },
    );
    const { errors } = await tenant.admin.answer(DELETE, { id });
    expect(errors?.[0]).toMatchObject({
      message: "This escalation path is in use by alert route Databases.",
      extensions: { code: "IN_USE", usedBy: [{ thing: "alert route", name: "Databases" }] },
    });
    const { id: unused } = await createPath("Unused");
    expect(codesOf(await tenant.admin.answer(DELETE, { id: unused }))).toBeUndefined();
  });

  it("that names a schedule which is gone shows null there with an error, and everything else stays", async () => {
    const { createSchedule } = await tenant.admin.ask<{ createSchedule: { schedule: { id: string } } }>(
      `mutation ($people: [ID!]!) { createSchedule(input: { name: "Gone", timeZone: "UTC", rotations: [
        { name: "All", participantIds: $people, timeZone: "UTC", startsOn: "2020-01-01" }] }) { schedule { id } } }`,
      { people: [tenant.admin.id] },
    );
    const { id } = await createPath("Dangling", [
      { userIds: [tenant.admin.id], scheduleIds: [createSchedule.schedule.id] },
      { userIds: [tenant.admin.id] },
    ]);
    // What is in use cannot be deleted; a row may be lost all the same.
    await world.database.query("delete from schedules.rotation where schedule_id = $1", [
      createSchedule.schedule.id,
    ]);
    await world.database.query("delete from schedules.schedule where id = $1", [createSchedule.schedule.id]);
    const { data, errors } = await tenant.admin.answer(TARGETS, { id });
    const admin = { user: { name: "The administrator of paths" }, schedule: null };
    expect(data).toEqual({
      escalationPath: {
        name: "Dangling",
        levels: [{ targets: [admin, { user: null, schedule: null }] }, { targets: [admin] }],
      },
    });
    expect(errors).toMatchObject([
      {
        path: ["escalationPath", "levels", 0, "targets", 1, "schedule"],
        extensions: { code: "NOT_FOUND" },
      },
    ]);
  });
});
