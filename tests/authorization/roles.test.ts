import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissions } from "#supergraph/permissions.ts";
import type { Person, Tenant } from "../support/world.ts";
import { codesOf, openSetting, type Setting } from "./setting.ts";

let setting: Setting;
let tenants = 0;

beforeAll(async () => (setting = await openSetting()));
afterAll(() => setting.close());

const UPDATE = "mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { id } } }";
const DELETE =
  "mutation ($id: ID!, $by: ID) { deleteRole(input: { id: $id, replaceWithId: $by }) { deletedRoleId } }";
const ASSIGN =
  "mutation ($userId: ID!, $roleId: ID!) { assignRole(input: { userId: $userId, roleId: $roleId }) { user { id } } }";
const UNASSIGN =
  "mutation ($userId: ID!, $roleId: ID!) { unassignRole(input: { userId: $userId, roleId: $roleId }) { user { id } } }";
const DISABLE =
  "mutation ($id: ID!) { updateUser(input: { id: $id, changes: { state: DISABLED } }) { user { id } } }";
const EVERYTHING = permissions.map(({ name }) => name);

/** A tenant with an administrator, whose role is of this id. */
async function administered(): Promise<{ tenant: Tenant; admin: Person; role: string }> {
  const tenant = await setting.world.tenant(`roles-${++tenants}`);
  return { tenant, admin: tenant.admin, role: await roleOf(tenant, "Administrator") };
}

async function roleOf({ admin }: Tenant, name: string): Promise<string> {
  const { roles } = await admin.ask<{ roles: { nodes: { id: string; name: string }[] } }>(
    "{ roles { nodes { id name } } }",
  );
  return roles.nodes.find((role) => role.name === name)!.id;
}

/** Somebody who has signed in, and so is active. */
async function active(tenant: Tenant, name: string, listed: readonly string[]): Promise<Person> {
  const person = await tenant.invite(name, listed);
  await person.ask("{ viewer { permissions } }");
  return person;
}

describe("the state of a person", () => {
  it("is changed by those who may do all that the person may, and by nobody else", async () => {
    const { tenant, admin } = await administered();
    const manager = await active(tenant, "manager", ["UserRead", "UserUpdate", "AlertRead"]);
    const below = await active(tenant, "below", ["AlertRead"]);
    const above = await active(tenant, "above", ["AlertRead", "IncidentRead"]);
    const change = (id: string, state: string) =>
      manager.answer("mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }", {
        input: { id, changes: { state } },
      });
    expect((await change(above.id, "DISABLED")).errors).toMatchObject([
      { extensions: { code: "PERMISSION_DENIED", permissions: ["IncidentRead"] } },
    ]);
    expect((await above.answer("{ viewer { __typename } }")).errors).toBeUndefined();
    expect((await change(below.id, "DISABLED")).errors).toBeUndefined();
    expect((await change(below.id, "ACTIVE")).errors).toBeUndefined();
    await admin.ask(DISABLE, { id: above.id });
    expect(codesOf(await change(above.id, "ACTIVE"))).toEqual(["PERMISSION_DENIED"]);
    // What says nothing of the state is nobody's power.
    const rename =
      'mutation ($id: ID!) { updateUser(input: { id: $id, changes: { name: "Renamed" } }) { user { name } } }';
    expect((await manager.answer(rename, { id: above.id })).errors).toBeUndefined();
  });
});

describe("a role", () => {
  const managing = ["RoleRead", "RoleManage", "RoleAssign", "UserRead"];

  it("is changed by those who have all that it permits and will permit, and by nobody else", async () => {
    const { tenant } = await administered();
    const manager = await tenant.invite("manager", [...managing, "AlertRead"]);
    await tenant.invite("below", ["AlertRead"]);
    await tenant.invite("above", ["AlertRead", "IncidentRead"]);
    const below = await roleOf(tenant, "Role of below");
    const above = await roleOf(tenant, "Role of above");
    const change = (id: string, listed: readonly string[]) =>
      manager.answer(UPDATE, { input: { id, changes: { permissions: listed } } });
    expect((await change(below, [])).errors).toBeUndefined();
    expect((await change(below, ["AlertRead"])).errors).toBeUndefined();
    expect((await change(below, ["AlertRead", "IncidentRead"])).errors).toMatchObject([
      { extensions: { code: "PERMISSION_DENIED", permissions: ["IncidentRead"] } },
    ]);
    expect(codesOf(await change(above, ["AlertRead"]))).toEqual(["PERMISSION_DENIED"]);
    expect(
      codesOf(await manager.answer(UPDATE, { input: { id: above, changes: { name: "Mine" } } })),
    ).toEqual(["PERMISSION_DENIED"]);
  });

  it("is deleted, replaced and taken away by those who have all that it permits, and by nobody else", async () => {
    const { tenant } = await administered();
    const manager = await tenant.invite("manager", [...managing, "AlertRead"]);
    const below = await tenant.invite("below", ["AlertRead"]);
    const above = await tenant.invite("above", ["AlertRead", "IncidentRead"]);
    const lower = await roleOf(tenant, "Role of below");
    const higher = await roleOf(tenant, "Role of above");
    for (const refused of [
      await manager.answer(UNASSIGN, { userId: above.id, roleId: higher }),
      await manager.answer(DELETE, { id: higher, by: lower }),
      await manager.answer(DELETE, { id: lower, by: higher }),
      await manager.answer(ASSIGN, { userId: below.id, roleId: higher }),
    ]) {
      expect(codesOf(refused)).toEqual(["PERMISSION_DENIED"]);
    }
    await manager.ask(UNASSIGN, { userId: below.id, roleId: lower });
    await manager.ask(DELETE, { id: lower });
  });
});

describe("a tenant", () => {
  it("keeps an active person with every permission, whoever asks for what", async () => {
    const { tenant, admin, role } = await administered();
    // Invited and not signed in yet: may never come.
    await tenant.invite("invited", EVERYTHING);
    const other = await roleOf(tenant, "Role of invited");
    await tenant.invite("responder", ["AlertRead"]);
    for (const refused of [
      await admin.answer(UNASSIGN, { userId: admin.id, roleId: role }),
      await admin.answer(DISABLE, { id: admin.id }),
      await admin.answer(UPDATE, { input: { id: role, changes: { permissions: EVERYTHING.slice(1) } } }),
      await admin.answer(DELETE, { id: role, by: await roleOf(tenant, "Role of responder") }),
    ]) {
      expect(codesOf(refused)).toEqual(["INVALID_ARGUMENT"]);
    }
    await admin.ask(DELETE, { id: role, by: other });
    const { viewer } = await admin.ask<{ viewer: { permissions: string[] } }>("{ viewer { permissions } }");
    expect(viewer.permissions).toHaveLength(EVERYTHING.length);
  });

  it("is left with no administrator who never signed in, though somebody calls them active", async () => {
    const { tenant, admin } = await administered();
    const ghost = await tenant.invite("ghost", EVERYTHING);
    const enable =
      "mutation ($id: ID!) { updateUser(input: { id: $id, changes: { state: ACTIVE } }) { user { id } } }";
    expect((await admin.answer(enable, { id: ghost.id })).errors).toBeUndefined();
    expect(codesOf(await admin.answer(DISABLE, { id: admin.id }))).toEqual(["INVALID_ARGUMENT"]);
    await ghost.ask("{ viewer { permissions } }");
    expect((await ghost.answer(DISABLE, { id: admin.id })).errors).toBeUndefined();
  });

  it("lets the first of two go once the second is there, and counts what several roles permit together", async () => {
    const { tenant, admin, role } = await administered();
    const second = await active(tenant, "second", EVERYTHING.slice(0, 10));
    await tenant.invite("rest", EVERYTHING.slice(10));
    const disable = () => admin.answer(DISABLE, { id: admin.id });
    expect(codesOf(await disable())).toEqual(["INVALID_ARGUMENT"]);
    await admin.ask(ASSIGN, { userId: second.id, roleId: await roleOf(tenant, "Role of rest") });
    expect((await disable()).errors).toBeUndefined();
    expect(
      codesOf(
        await second.answer(UNASSIGN, {
          userId: second.id,
          roleId: await roleOf({ ...tenant, admin: second }, "Role of rest"),
        }),
      ),
    ).toEqual(["INVALID_ARGUMENT"]);
    expect(role).toBeTruthy();
  });

  it("is not locked by two administrators who take each other away at once", async () => {
    for (const [first, second] of [
      [DISABLE, DISABLE],
      [UNASSIGN, DISABLE],
      [UNASSIGN, UNASSIGN],
    ] as const) {
      const { tenant, admin, role } = await administered();
      const rival = await active(tenant, "rival", EVERYTHING);
      const rivals = await roleOf(tenant, "Role of rival");
      const answers = await Promise.all([
        admin.answer(first, { id: rival.id, userId: rival.id, roleId: rivals }),
        rival.answer(second, { id: admin.id, userId: admin.id, roleId: role }),
      ]);
      const left = await setting.world.database.query<{ id: string }>(
        `select distinct user_account.id from identity.user_account
         join identity.role_assignment on user_id = user_account.id
         where user_account.tenant_id = $1 and state = 'ACTIVE'`,
        [tenant.id],
      );
      expect(left).toHaveLength(1);
      expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    }
  });

  it("that is older than a permission keeps somebody active who may give roles", async () => {
    const { tenant, admin, role } = await administered();
    await setting.world.database.query(
      "update identity.role set permissions = permissions - 'ParkedWorkRead' where tenant_id = $1",
      [tenant.id],
    );
    const listed = EVERYTHING.filter((name) => name !== "ParkedWorkRead");
    expect(
      (await admin.answer(UPDATE, { input: { id: role, changes: { permissions: listed } } })).errors,
    ).toBeUndefined();
    expect(codesOf(await admin.answer(DISABLE, { id: admin.id }))).toEqual(["INVALID_ARGUMENT"]);
  });
});
