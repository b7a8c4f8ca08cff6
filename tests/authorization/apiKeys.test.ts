import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { standing } from "../stories/setting.ts";
import { loseListeners } from "../support/loseListeners.ts";
import type { Person } from "../support/world.ts";
import { codesOf, createKey, followWithKey, openSetting, type Key, type Setting } from "./setting.ts";

let setting: Setting;

beforeAll(async () => (setting = await openSetting({ gateway: { SUBSCRIPTION_CHECK_SECONDS: "0.02" } })));
afterAll(() => setting.close());

const MINE = "{ viewer { permissions } }";
const REVOKE = "mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }";
const UNASSIGN =
  "mutation ($userId: ID!, $roleId: ID!) { unassignRole(input: { userId: $userId, roleId: $roleId }) { user { id } } }";
const CREATE = "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } } }";

async function permittedTo(caller: Key | Person): Promise<string[]> {
  const { viewer } = await caller.ask<{ viewer: { permissions: string[] } }>(MINE);
  return viewer.permissions.toSorted();
}

async function roleOf(name: string): Promise<string> {
  const { roles } = await setting.tenant.admin.ask<{ roles: { nodes: { id: string; name: string }[] } }>(
    "{ roles { nodes { id name } } }",
  );
  return roles.nodes.find((role) => role.name === `Role of ${name}`)!.id;
}

let people = 0;
const creator = async () => {
  const name = `creator-${++people}`;
  const person = await setting.tenant.invite(name, ["ApiKeyCreate", "AlertRead", "IncidentRead"]);
  return { person, role: await roleOf(name) };
};

describe("an API key", () => {
  it("may do what it lists and its creator may do at the time, at once", async () => {
    const { admin } = setting.tenant;
    const { person, role } = await creator();
    const key = await createKey(setting, ["AlertRead", "IncidentRead"], { by: person });
    expect(await permittedTo(key)).toEqual(["AlertRead", "IncidentRead"]);
    const change = (permissions: string[]) =>
      admin.ask("mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { id } } }", {
        input: { id: role, changes: { permissions } },
      });
    await change(["IncidentRead"]);
    expect(await permittedTo(key)).toEqual(["IncidentRead"]);
    await change(["IncidentRead", "UserRead", "AlertRead"]);
    expect(await permittedTo(key)).toEqual(["AlertRead", "IncidentRead"]);
    await admin.ask(UNASSIGN, { userId: person.id, roleId: role });
    expect(await permittedTo(key)).toEqual([]);
    await admin.ask(
      "mutation ($id: ID!) { updateUser(input: { id: $id, changes: { state: DISABLED } }) { user { id } } }",
      {
        id: person.id,
      },
    );
    expect(codesOf(await key.answer(MINE))).toEqual(["UNAUTHENTICATED"]);
  });

  it("that a key created says so, may do no more than that one, and falls with it at once", async () => {
    const { admin } = setting.tenant;
    const { person } = await creator();
    const parent = await createKey(setting, ["ApiKeyCreate", "AlertRead"], { by: person });
    const child = await createKey(setting, ["ApiKeyCreate", "AlertRead"], { by: parent });
    const grandchild = await createKey(setting, ["AlertRead"], { by: child });
    expect(await permittedTo(grandchild)).toEqual(["AlertRead"]);
    const { apiKeys } = await admin.ask<{ apiKeys: { nodes: { id: string }[] } }>(
      "{ apiKeys { nodes { id createdBy { id } createdByKey { id } } } }",
    );
    expect(apiKeys.nodes.find(({ id }) => id === child.id)).toMatchObject({
      createdBy: null,
      createdByKey: { id: parent.id },
    });
    await admin.ask(REVOKE, { id: parent.id });
    for (const key of [parent, child, grandchild]) {
      expect(codesOf(await key.answer(MINE))).toEqual(["UNAUTHENTICATED"]);
    }
    const revoked = await admin.ask<{ apiKeys: { nodes: { id: string; revokedAt: string | null }[] } }>(
      "{ apiKeys { nodes { id revokedAt } } }",
    );
    expect(revoked.apiKeys.nodes.find(({ id }) => id === grandchild.id)?.revokedAt).toEqual(
      expect.any(String),
    );
  });

  it("expires no later than the key that created it", async () => {
    const expiresAt = (await setting.world.tocsin.databaseOf("identity").tenant(setting.tenant.id).now()).add(
      { hours: 1 },
    );
    const at = (seconds: number) => expiresAt.add({ seconds }).toString();
    const parent = await createKey(setting, ["ApiKeyCreate", "ApiKeyRead"], { expiresAt: at(0) });
    const create = (expires?: string) =>
      parent.answer(CREATE, {
        input: { name: "Child", permissions: [], ...(expires && { expiresAt: expires }) },
      });
    expect(codesOf(await create(at(1)))).toEqual(["INVALID_ARGUMENT"]);
    expect((await create(at(0))).errors).toBeUndefined();
    expect((await create(at(-1))).errors).toBeUndefined();
    const child = await createKey(setting, [], { by: parent });
    const { apiKeys } = await parent.ask<{ apiKeys: { nodes: { id: string; expiresAt: string }[] } }>(
      "{ apiKeys { nodes { id expiresAt } } }",
    );
    const told = apiKeys.nodes.find(({ id }) => id === child.id)!.expiresAt;
    expect(Temporal.Instant.from(told).epochMilliseconds).toBe(expiresAt.epochMilliseconds);
  });

  it("is at most the tenth of keys that create each other", async () => {
    let last = await createKey(setting, ["ApiKeyCreate"]);
    for (let count = 2; count <= 10; count++) last = await createKey(setting, ["ApiKeyCreate"], { by: last });
    expect(await permittedTo(last)).toEqual(["ApiKeyCreate"]);
    expect(codesOf(await last.answer(CREATE, { input: { name: "Eleventh", permissions: [] } }))).toEqual([
      "INVALID_ARGUMENT",
    ]);
  });

  it("that is revoked while it creates another leaves none behind that works", async () => {
    for (let round = 0; round < 5; round++) {
      const parent = await createKey(setting, ["ApiKeyCreate", "AlertRead"]);
      const [child] = await Promise.all([
        createKey(setting, ["AlertRead"], { by: parent }).catch(() => null),
        setting.tenant.admin.ask(REVOKE, { id: parent.id }),
      ]);
      // One that was never made answers as one that is revoked.
      expect(codesOf(await (child ?? parent).answer(MINE))).toEqual(["UNAUTHENTICATED"]);
    }
  });
});

describe("what is taken from somebody", () => {
  const FOLLOW = "subscription ($id: ID!) { incidentUpdated(id: $id) { title lead { email } } }";

  it("ends the subscriptions that need it, also when nothing happens on them", async () => {
    const { admin } = setting.tenant;
    const incident = await createIncident();
    const key = await createKey(setting, ["IncidentRead", "UserRead"]);
    const following = await followWithKey(setting.world, key.key, FOLLOW, incident);
    await standing(setting.tenant, following, incident.id);
    await admin.ask(REVOKE, { id: key.id });
    expect((await following.until(({ errors }) => errors !== undefined)).errors).toMatchObject([
      { extensions: { code: "UNAUTHENTICATED" } },
    ]);
  });

  it("ends those of a person that read of others what they no longer may", async () => {
    const { admin } = setting.tenant;
    const incident = await createIncident();
    const name = `seer-${++people}`;
    const seer = await setting.tenant.invite(name, ["IncidentRead", "UserRead"]);
    const following = await seer.follow(FOLLOW, incident);
    await standing(setting.tenant, following, incident.id);
    const input = { id: await roleOf(name), changes: { permissions: ["IncidentRead"] } };
    await admin.ask("mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { id } } }", {
      input,
    });
    const ended = await following.until(({ errors }) => errors !== undefined);
    expect(ended.errors).toMatchObject([
      { extensions: { code: "PERMISSION_DENIED", permissions: ["UserRead"] } },
    ]);
  });

  it("is so also while the database's notifications are not heard", async () => {
    const key = await createKey(setting, ["AlertRead"]);
    expect(await permittedTo(key)).toEqual(["AlertRead"]);
    // Nothing here listens; whoever did, would hear nothing for a while.
    await loseListeners(setting.world.database);
    await setting.tenant.admin.ask(REVOKE, { id: key.id });
    expect(codesOf(await key.answer(MINE))).toEqual(["UNAUTHENTICATED"]);
  });

  async function createIncident(): Promise<{ id: string }> {
    const { admin } = setting.tenant;
    const {
      createIncident: { incident },
    } = await admin.ask<{ createIncident: { incident: { id: string } } }>(
      'mutation ($leader: ID!) { createIncident(input: { title: "Slow", leadId: $leader }) { incident { id } } }',
      { leader: admin.id },
    );
    return incident;
  }
});
