import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type GraphAnswer, type Person, type Tenant, type World } from "../support/world.ts";
import { newSchedule } from "../schedules/setting.ts";

// What holds of every mutation: one input, a payload that fails alone, an idempotency key for what is created, and an expected
// version for what is changed.

let world: World;
let tenant: Tenant;
let stories = 0;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("acme");
});

afterAll(() => world.close());

const codesOf = ({ errors }: GraphAnswer) => errors?.map(({ extensions }) => extensions.code);
const newName = () => `Named ${++stories}`;

const TEAM = "mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id name } } }";
const KEY =
  "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { id name } } }";

const teamsCalled = async (name: string) =>
  (
    await tenant.admin.ask<{ teams: { totalCount: number } }>(
      "query ($name: String) { teams(text: $name) { totalCount } }",
      { name },
    )
  ).teams.totalCount;

describe("a mutation that fails", () => {
  it("takes neither its neighbours' results with it nor the secrets that are shown once", async () => {
    const name = newName();
    const { data, errors } = await tenant.admin.answer(
      `mutation { first: createTeam(input: { name: "${name}" }) { team { id } } again: createTeam(input: { name: "${name}" }) { team { id } }
        key: createApiKey(input: { name: "Key", permissions: [] }) { key } }`,
    );
    expect(data).toEqual({
      first: { team: { id: expect.any(String) as string } },
      again: null,
      key: { key: expect.any(String) as string },
    });
    expect(errors).toMatchObject([{ path: ["again"], extensions: { code: "ALREADY_EXISTS" } }]);
  });

  it("since it asks for what one may not read does nothing at all", async () => {
    const creator = await tenant.invite("creator", ["AlertSourceManage"]);
    const name = newName();
    const create = (selection: string) =>
      creator.answer(
        `mutation { createAlertSource(input: { name: "${name}", type: HTTP }) { ${selection} } }`,
      );
    expect(codesOf(await create("token alertSource { id }"))).toEqual(["PERMISSION_DENIED"]);
    expect((await create("token")).data).toEqual({
      createAlertSource: { token: expect.any(String) as string },
    });
  });
});

describe("a variable that is null", () => {
  it("where there is a default and no null is refused as any other argument", async () => {
    const query = `mutation ($zone: TimeZone) {
      inviteUser(input: { name: "Ann", email: "null@acme.test", timeZone: $zone }) { user { id } } }`;
    const { errors } = await tenant.admin.answer(query, { zone: null });
    expect(errors).toMatchObject([
      { path: ["inviteUser"], extensions: { code: "INVALID_ARGUMENT", argument: "input" } },
    ]);
  });
});

describe("an idempotency key", () => {
  it("has the same request create one thing, however often it is sent, and at once", async () => {
    const input = { name: newName(), idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => tenant.admin.answer(TEAM, { input })));
    const later = await tenant.admin.answer(TEAM, { input });
    expect(later.errors).toBeUndefined();
    expect(answers).toEqual(Array.from(answers, () => later));
    expect(await teamsCalled(input.name)).toBe(1);
  });

  it("shows the secrets again that were shown with the first answer, and keeps them nowhere in the clear", async () => {
    const input = { name: newName(), permissions: [], idempotencyKey: randomUUID() };
    const first = await tenant.admin.answer(KEY, { input });
    expect(await tenant.admin.answer(KEY, { input })).toEqual(first);
    const { key } = (first.data as { createApiKey: { key: string } }).createApiKey;
    const kept = JSON.stringify(await world.database.query("select * from process.idempotency_key"));
    expect(kept).not.toContain(key);
    expect(kept).not.toContain(input.idempotencyKey);
  });

  it("answers with the thing as it is now", async () => {
    const input = { name: newName(), idempotencyKey: randomUUID() };
    const { createTeam } = await tenant.admin.ask<{ createTeam: { team: { id: string } } }>(TEAM, { input });
    const { id } = createTeam.team;
    const name = newName();
    await tenant.admin.ask(
      "mutation ($id: ID!, $name: String) { updateTeam(input: { id: $id, changes: { name: $name } }) { team { id } } }",
      { id, name },
    );
    expect((await tenant.admin.answer(TEAM, { input })).data).toEqual({ createTeam: { team: { id, name } } });
    await tenant.admin.ask("mutation ($id: ID!) { deleteTeam(input: { id: $id }) { deletedTeamId } }", {
      id,
    });
    expect(codesOf(await tenant.admin.answer(TEAM, { input }))).toEqual(["NOT_FOUND"]);
  });

  it("is refused with another input, and is another key for another mutation, person and tenant", async () => {
    const idempotencyKey = randomUUID();
    const input = { name: newName(), idempotencyKey };
    await tenant.admin.ask(TEAM, { input });
    const other = await tenant.admin.answer(TEAM, { input: { ...input, name: newName() } });
    expect(other.errors).toMatchObject([
      { extensions: { code: "IDEMPOTENCY_KEY_REUSED", operation: "createTeam" } },
    ]);
    expect(codesOf(await tenant.admin.answer(KEY, { input: { ...input, permissions: [] } }))).toBeUndefined();
    const manager = await tenant.invite(`manager-${stories}`, ["TeamManage", "TeamRead"]);
    expect(codesOf(await manager.answer(TEAM, { input }))).toEqual(["ALREADY_EXISTS"]);
    const elsewhere = await world.tenant(`elsewhere-${stories}`);
    expect(codesOf(await elsewhere.admin.answer(TEAM, { input }))).toBeUndefined();
  });

  it("shows no secret again to who may no longer create such a thing", async () => {
    const name = `narrowed-${++stories}`;
    const person = await tenant.invite(name, ["ApiKeyCreate", "ParkedWorkManage"]);
    const input = { name: newName(), permissions: ["ParkedWorkManage"], idempotencyKey: randomUUID() };
    const create = () =>
      person.answer("mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }", {
        input,
      });
    const first = await create();
    expect(await create()).toEqual(first);
    const { roles } = await tenant.admin.ask<{ roles: { nodes: { id: string; name: string }[] } }>(
      "{ roles(first: 100) { nodes { id name } } }",
    );
    const role = roles.nodes.find((one) => one.name === `Role of ${name}`)!.id;
    await tenant.admin.ask(
      "mutation ($id: ID!) { updateRole(input: { id: $id, changes: { permissions: [ApiKeyCreate] } }) { role { id } } }",
      { id: role },
    );
    expect(codesOf(await create())).toEqual(["PERMISSION_DENIED"]);
  });

  it("does not remember what failed", async () => {
    const input = { name: "", idempotencyKey: randomUUID() };
    expect(codesOf(await tenant.admin.answer(TEAM, { input }))).toEqual(["INVALID_ARGUMENT"]);
    const mended = { ...input, name: newName() };
    expect(codesOf(await tenant.admin.answer(TEAM, { input: mended }))).toBeUndefined();
  });

  it.each([
    ["15 characters", "x".repeat(15), ["INVALID_ARGUMENT"]],
    ["16 characters", "x".repeat(16), undefined],
    ["200 characters", "x".repeat(200), undefined],
    ["201 characters", "x".repeat(201), ["INVALID_ARGUMENT"]],
  ])("may have from 16 to 200 characters: %s", async (_, idempotencyKey, codes) => {
    const answer = await tenant.admin.answer(TEAM, { input: { name: newName(), idempotencyKey } });
    expect(codesOf(answer)).toEqual(codes);
  });

  it("is forgotten after 24 hours, and cleared away by what is created later", async () => {
    const elsewhere = await world.tenant(`forgetful-${++stories}`);
    const input = { name: newName(), idempotencyKey: randomUUID() };
    await elsewhere.admin.ask(TEAM, { input });
    await world.advance({ hours: 23 });
    expect(codesOf(await elsewhere.admin.answer(TEAM, { input }))).toBeUndefined();
    await world.advance({ hours: 2 });
    expect(codesOf(await elsewhere.admin.answer(TEAM, { input }))).toEqual(["ALREADY_EXISTS"]);
    await elsewhere.admin.ask(TEAM, { input: { name: newName(), idempotencyKey: randomUUID() } });
    const kept = await world.database.query("select 1 from process.idempotency_key where tenant_id = $1", [
      elsewhere.id,
    ]);
    expect(kept).toHaveLength(1);
  });
});

describe("an expected version", () => {
  it.each<[string, (admin: Person) => Promise<string>, object, object]>([
    [
      "Team",
      async (admin) => idIn(await admin.ask(TEAM, { input: { name: newName() } })),
      { name: "Mine" },
      { name: "Yours" },
    ],
    [
      "User",
      async () => (await tenant.invite(`someone-${++stories}`)).id,
      { name: "Mine" },
      { name: "Yours" },
    ],
    [
      "Incident",
      async (admin) =>
        idIn(await admin.ask('mutation { createIncident(input: { title: "Slow" }) { incident { id } } }')),
      { title: "Mine" },
      { title: "Yours" },
    ],
    [
      "Schedule",
      async (admin) => (await newSchedule(tenant, [{ participantIds: [admin.id] }], newName())).id,
      { name: "Mine" },
      { name: "Yours" },
    ],
  ])("that is not a %s's refuses the change, and says what holds now", async (type, make, mine, yours) => {
    const id = await make(tenant.admin);
    const update = `mutation ($input: Update${type}Input!) { update${type}(input: $input) { ${type.toLowerCase()} { version } } }`;
    const save = (expectedVersion: number | undefined, changes: object) =>
      tenant.admin.answer(update, { input: { id, expectedVersion, changes } });
    expect(codesOf(await save(1, mine))).toBeUndefined();
    const stale = await save(1, yours);
    expect(stale.errors).toMatchObject([
      { extensions: { code: "VERSION_STALE", expectedVersion: 1, version: 2, current: mine } },
    ]);
    expect(codesOf(await save(2, yours))).toBeUndefined();
    expect(codesOf(await save(undefined, mine))).toBeUndefined();
  });

  it("tells who may change a thing and not read it nothing but the version", async () => {
    const manager = await tenant.invite(`blind-${++stories}`, ["UserUpdate"]);
    const { errors } = await manager.answer(
      "mutation ($id: ID!) { updateUser(input: { id: $id, expectedVersion: 0, changes: {} }) { __typename } }",
      { id: tenant.admin.id },
    );
    expect(errors).toMatchObject([{ extensions: { code: "VERSION_STALE" } }]);
    expect(errors?.[0]?.extensions["current"]).toEqual({ version: expect.any(Number) as number });
  });

  it("of an incident counts what people change of it, and not what its alerts do", async () => {
    const { createIncident } = await tenant.admin.ask<{ createIncident: { incident: { id: string } } }>(
      'mutation { createIncident(input: { title: "Slow" }) { incident { id } } }',
    );
    const { id } = createIncident.incident;
    const lead = (expectedVersion: number) =>
      tenant.admin.answer(
        "mutation ($input: AssignIncidentLeadInput!) { assignIncidentLead(input: $input) { incident { version } } }",
        { input: { id, expectedVersion, userId: tenant.admin.id } },
      );
    expect((await lead(1)).data).toEqual({ assignIncidentLead: { incident: { version: 2 } } });
    expect(codesOf(await lead(1))).toEqual(["VERSION_STALE"]);
    await tenant.admin.ask(
      "mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { id } } }",
      { id },
    );
    const { incident } = await tenant.admin.ask<{ incident: object }>(
      "query ($id: ID!) { incident(id: $id) { version state } }",
      { id },
    );
    expect(incident).toEqual({ version: 2, state: "ACTIVE" });
  });
});

function idIn(data: unknown): string {
  return Object.values(Object.values(data as Record<string, Record<string, { id: string }>>)[0]!)[0]!.id;
}
