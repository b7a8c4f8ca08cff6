import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type GraphAnswer, type Tenant, type World } from "../support/world.ts";
import {
  closeAll,
  incidentsOf,
  kindsOf,
  openPager,
  pageAt,
  pagingSource,
  responder,
  type Pager,
} from "./setting.ts";

let world: World;
let pager: Pager;
let stories = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

const newTenant = () => world.tenant(`people-${++stories}`);
const codeOf = ({ errors }: GraphAnswer) => errors?.[0]?.extensions.code;

const open = async ({ admin }: Tenant, title: string) =>
  (
    await admin.ask<{ createIncident: { incident: { id: string; number: number } } }>(
      "mutation ($title: String!) { createIncident(input: { title: $title }) { incident { id number } } }",
      { title },
    )
  ).createIncident.incident;

describe("an incident", () => {
  it("gets the next number, without holes, also when many are opened at once", async () => {
    const tenant = await newTenant();
    const opened = await Promise.all(
      Array.from({ length: 12 }, (_, index) => open(tenant, `Number ${index}`)),
    );
    expect(opened.map(({ number }) => number).sort((one, other) => one - other)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
  });

  it("that is merged gives its alerts to the other, and nobody is paged about it any more", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id] }], {
      repeats: 5,
      action: { groupByLabels: null },
    });
    await world.post(webhook, [{ title: "The disk is full" }, { title: "The database is slow" }]);
    await world.settle();
    const [one, other] = await incidentsOf(tenant);
    const merge =
      "mutation ($id: ID!, $intoId: ID!) { mergeIncident(input: { id: $id, intoId: $intoId }) { incident { number mergedFrom { nodes { number } } } } }";
    const both = await Promise.all([
      tenant.admin.answer(merge, { id: one!.id, intoId: other!.id }),
      tenant.admin.answer(merge, { id: other!.id, intoId: one!.id }),
    ]);
    // Whichever came first wins; the other finds an incident that is over.
    expect(both.flatMap((answer) => codeOf(answer) ?? [])).toEqual(["MOVE_NOT_ALLOWED"]);
    await world.settle();
    const after = await incidentsOf(tenant);
    const merged = after.find(({ state }) => state === "CLOSED")!;
    const left = after.find(({ state }) => state !== "CLOSED")!;
    expect([merged.alerts.totalCount, left.alerts.totalCount]).toEqual([0, 2]);
    expect(merged.escalations[0]!.state).toBe("RESOLVED");
    expect([kindsOf(merged), kindsOf(left)].every((kinds) => kinds.includes("INCIDENT_MERGED"))).toBe(true);
    const reopened = await tenant.admin.answer(
      "mutation ($id: ID!) { reopenIncident(input: { id: $id }) { incident { id } } }",
      {
        id: merged.id,
      },
    );
    expect(codeOf(reopened)).toBe("MOVE_NOT_ALLOWED");
  });

  it("can be resolved, closed and reopened, and tells when", async () => {
    const tenant = await newTenant();
    const { id } = await open(tenant, "The disk is full");
    for (const move of ["acknowledgeIncident", "resolveIncident", "closeIncident"]) {
      await tenant.admin.ask(`mutation ($id: ID!) { ${move}(input: { id: $id }) { incident { id } } }`, {
        id,
      });
    }
    const look = "query ($id: ID!) { incident(id: $id) { state acknowledgedAt resolvedAt closedAt } }";
    const closed = (await tenant.admin.ask<{ incident: Record<string, unknown> }>(look, { id })).incident;
    expect([closed["state"], closed["acknowledgedAt"] !== null, closed["closedAt"] !== null]).toEqual([
      "CLOSED",
      true,
      true,
    ]);
    await tenant.admin.ask("mutation ($id: ID!) { reopenIncident(input: { id: $id }) { incident { id } } }", {
      id,
    });
    const reopened = (await tenant.admin.ask<{ incident: Record<string, unknown> }>(look, { id })).incident;
    expect(reopened).toMatchObject({ state: "ACTIVE", resolvedAt: null, closedAt: null });
  });

  it("takes no further alerts once its group's window has passed", async () => {
    const tenant = await newTenant();
    const ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id] }], {
      action: { groupWindow: "PT10M" },
    });
    await world.post(webhook, { title: "First" });
    await world.advance({ minutes: 9 });
    await world.post(webhook, { title: "Within the window, which begins anew" });
    await world.advance({ minutes: 9 });
    await world.post(webhook, { title: "Within the window still" });
    await world.advance({ minutes: 11 });
    await world.post(webhook, { title: "Too late" });
    await world.settle();
    expect((await incidentsOf(tenant)).map(({ alerts }) => alerts.totalCount)).toEqual([3, 1]);
  });
});

describe("whoever manages people", () => {
  it("cannot permit what they may not do themselves, nor take the last administrator away", async () => {
    const tenant = await newTenant();
    const manager = await tenant.invite("manager", [
      "RoleManage",
      "RoleAssign",
      "RoleRead",
      "UserRead",
      "UserUpdate",
    ]);
    const powerful = await manager.answer(
      'mutation { createRole(input: { name: "Powerful", permissions: [IncidentMerge] }) { role { id } } }',
    );
    expect(powerful.errors?.[0]?.extensions).toMatchObject({
      code: "PERMISSION_DENIED",
      permissions: ["IncidentMerge"],
    });
    const { roles } = await manager.ask<{ roles: { nodes: { id: string; name: string }[] } }>(
      "{ roles { nodes { id name } } }",
    );
    const administrator = roles.nodes.find(({ name }) => name === "Administrator")!;
    const climb =
      "mutation ($user: ID!, $role: ID!) { assignRole(input: { userId: $user, roleId: $role }) { user { id } } }";
    expect(codeOf(await manager.answer(climb, { user: manager.id, role: administrator.id }))).toBe(
      "PERMISSION_DENIED",
    );

    const away =
      "mutation ($user: ID!, $role: ID!) { unassignRole(input: { userId: $user, roleId: $role }) { user { id } } }";
    await tenant.admin.ask(
      "mutation ($id: ID!) { updateUser(input: { id: $id, changes: { state: DISABLED } }) { user { state } } }",
      { id: manager.id },
    );
    const last = await tenant.admin.answer(away, { user: tenant.admin.id, role: administrator.id });
    expect(codeOf(last)).toBe("INVALID_ARGUMENT");
    expect(codeOf(await manager.answer("{ viewer { permissions } }"))).toBe("TENANT_NOT_LISTED");
  });

  it("creates a key that works until it expires or is revoked, and is never seen again", async () => {
    const tenant = await newTenant();
    const expiresAt = (await world.tocsin.databaseOf("incidents").tenant(tenant.id).now())
      .add({ hours: 2 })
      .toString();
    const create =
      "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { id prefix } } }";
    const make = async (input: object) =>
      (
        await tenant.admin.ask<{ createApiKey: { key: string; apiKey: { id: string; prefix: string } } }>(
          create,
          { input },
        )
      ).createApiKey;
    const short = await make({ name: "CI", permissions: ["IncidentRead"], expiresAt });
    const long = await make({ name: "Forever", permissions: ["IncidentRead"] });
    expect(short.key.startsWith(short.apiKey.prefix)).toBe(true);
    expect(await askWith(short.key, "{ incidents { totalCount } }")).toEqual({
      data: { incidents: { totalCount: 0 } },
    });
    expect(codeOf(await askWith(short.key, "{ users { totalCount } }"))).toBe("PERMISSION_DENIED");
    expect(codeOf(await askWith(`${short.key.slice(0, -1)}_`, "{ incidents { totalCount } }"))).toBe(
      "UNAUTHENTICATED",
    );
    await world.database.moveClock({ hours: 3 });
    expect(codeOf(await askWith(short.key, "{ incidents { totalCount } }"))).toBe("UNAUTHENTICATED");
    expect((await askWith(long.key, "{ viewer { apiKey { name } user { id } } }")).data).toEqual({
      viewer: { apiKey: { name: "Forever" }, user: null },
    });
    await tenant.admin.ask(
      "mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { revokedAt } } }",
      {
        id: long.apiKey.id,
      },
    );
    expect(codeOf(await askWith(long.key, "{ incidents { totalCount } }"))).toBe("UNAUTHENTICATED");
    const stored = JSON.stringify(await world.database.query("select * from identity.api_key"));
    expect(stored).not.toContain(long.key.split("_")[2]);
  });
});

async function askWith(key: string, query: string): Promise<GraphAnswer> {
  const response = await world.tocsin.routes(
    new Request("http://localhost/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query }),
    }),
  );
  return (await response!.json()) as GraphAnswer;
}
