import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { limits } from "../../subgraphs/alerts/limits.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await createWorld({ config: { ALERTS_PER_MINUTE_AND_SOURCE: 10, ALERTS_PER_MINUTE: 15 } });
});

afterAll(() => world.close());

let tenants = 0;

const newTenant = () => world.tenant(`tenant-${++tenants}`);

async function createSource({ admin }: Tenant, name: string) {
  const { createAlertSource } = await admin.ask<{
    createAlertSource: { token: string; alertSource: { id: string } };
  }>(
    "mutation ($name: String!) { createAlertSource(input: { name: $name, type: HTTP }) { token alertSource { id } } }",
    { name },
  );
  return { id: createAlertSource.alertSource.id, webhook: `/webhooks/${createAlertSource.token}` };
}

const alerts = (count: number) => Array.from({ length: count }, (_, index) => ({ title: `Alert ${index}` }));

async function post(webhook: string, body: unknown) {
  const response = await world.tocsin.routes(
    new Request(`http://localhost${webhook}`, { method: "POST", body: JSON.stringify(body) }),
  );
  return { status: response!.status, retryAfter: response!.headers.get("retry-after") };
}

const accepted = { status: 202, retryAfter: null };

async function refusedOf({ admin }: Tenant, id: string) {
  const { alertSource, refusedRequests } = await admin.ask<{
    alertSource: { refusedLately: number };
    refusedRequests: { nodes: { id: string; code: string; message: string; times: number }[] };
  }>(
    `query ($id: ID!) { alertSource(id: $id) { refusedLately }
      refusedRequests(alertSourceId: $id, first: 5) { nodes { id code message times } } }`,
    { id },
  );
  return { lately: alertSource.refusedLately, requests: refusedRequests.nodes };
}

describe("more alerts than are taken in a minute", () => {
  it("of a source are refused with when to try again, kept to be replayed, and shown to their owner", async () => {
    const tenant = await newTenant();
    const { id, webhook } = await createSource(tenant, "Noisy");
    expect(await post(webhook, alerts(9))).toEqual(accepted);
    expect(await post(webhook, { title: "The tenth" })).toEqual(accepted);
    expect(await post(webhook, { title: "The eleventh" })).toEqual({ status: 429, retryAfter: "6" });
    const { lately, requests } = await refusedOf(tenant, id);
    expect(lately).toBe(1);
    expect(requests).toMatchObject([
      { code: "RATE_LIMITED", message: "More than 10 alerts a minute and alert source. Try again in 6 s." },
    ]);
    const replay = () =>
      tenant.admin.answer(
        "mutation ($id: ID!) { replayRefusedRequest(input: { id: $id }) { alerts { title } } }",
        {
          id: requests[0]!.id,
        },
      );
    expect((await replay()).errors?.[0]?.extensions).toMatchObject({
      code: "RATE_LIMITED",
      retryAfterSeconds: 6,
    });
    await world.advance({ seconds: 6 });
    expect((await replay()).data).toEqual({ replayRefusedRequest: { alerts: [{ title: "The eleventh" }] } });
    expect(await post(webhook, { title: "The twelfth" })).toEqual({ status: 429, retryAfter: "6" });
    await world.advance({ minutes: 1 });
    expect(await post(webhook, alerts(10))).toEqual(accepted);
    expect(await metricsText()).toMatch(/alert_requests_refused_total\{code="RATE_LIMITED"\} [2-9]/);
  });

  it("of a tenant are refused whichever source they are of, and no other tenant's are", async () => {
    const [noisy, quiet] = [await newTenant(), await newTenant()];
    const [one, other] = [await createSource(noisy, "One"), await createSource(noisy, "Other")];
    const elsewhere = await createSource(quiet, "Elsewhere");
    expect(await post(one.webhook, alerts(10))).toEqual(accepted);
    expect(await post(other.webhook, alerts(5))).toEqual(accepted);
    expect(await post(other.webhook, alerts(1))).toEqual({ status: 429, retryAfter: "4" });
    expect(await post(elsewhere.webhook, alerts(10))).toEqual(accepted);
    await world.advance({ seconds: 4 });
    expect(await post(other.webhook, alerts(1))).toEqual(accepted);
  });

  it("in one payload are taken, since it could never be; the next ones wait for longer", async () => {
    const { webhook } = await createSource(await newTenant(), "Large payloads");
    expect(await post(webhook, alerts(25))).toEqual(accepted);
    expect(await post(webhook, alerts(1))).toEqual({ status: 429, retryAfter: "96" });
    await world.advance({ seconds: 95 });
    expect((await post(webhook, alerts(1))).status).toBe(429);
    await world.advance({ seconds: 1 });
    expect(await post(webhook, alerts(1))).toEqual(accepted);
  });

  it("fill no disk: beyond a thousand of an hour they are only counted", async () => {
    const tenant = await newTenant();
    const { id, webhook } = await createSource(tenant, "Broken");
    const most = limits.refusedAnHour.most;
    await post(webhook, [{ title: "Fine" }, ...Array.from({ length: most }, () => ({ tile: "Broken" }))]);
    expect((await refusedOf(tenant, id)).requests.map(({ times }) => times)).toEqual([1, 1, 1, 1, 1]);
    for (let times = 1; times <= 3; times++) {
      expect((await post(webhook, alerts(1))).status).toBe(429);
      const [last] = (await refusedOf(tenant, id)).requests;
      expect(last).toMatchObject({ code: "RATE_LIMITED", times });
    }
    expect((await refusedOf(tenant, id)).lately).toBe(most + 3);
    const [rows] = await world.database.query<{ count: number }>(
      "select count(*)::int as count from alerts.refused_request where source_id = $1",
      [id],
    );
    expect(rows).toEqual({ count: most + 1 });
  });
});

describe("routes", () => {
  const create =
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }";
  const route = (conditions: object[]) => ({ input: { name: "One more", conditions, action: {} } });
  const matching = (values: string[]) => ({ title: { matches: values } });

  it("are as many as a tenant may have, and no more", async () => {
    const { id, admin } = await newTenant();
    await world.database.query(
      `insert into alerts.alert_route (tenant_id, name, position, enabled, conditions, action)
      select $1, 'Route', place, true, '[]', '{"openIncident": false}' from generate_series(1, $2::int) as place`,
      [id, limits.routes.most - 1],
    );
    expect((await admin.answer(create, route([]))).errors).toBeUndefined();
    expect((await admin.answer(create, route([]))).errors?.[0]).toMatchObject({
      message: "There can be at most 500 alert routes in a tenant.",
      extensions: { code: "LIMIT_REACHED", limit: "alert routes", maximum: 500 },
    });
  });

  it("compare with as many values as a route and a tenant may have, and no more", async () => {
    const { admin } = await newTenant();
    const values = (count: number, characters = 1) =>
      Array.from({ length: count }, () => "x".repeat(characters));
    const full = Array.from({ length: 10 }, () => matching(values(100)));
    expect((await admin.answer(create, route(full))).errors).toBeUndefined();
    const beyond = await admin.answer(create, route([...full, matching(["x"])]));
    expect(beyond.errors?.[0]?.extensions).toMatchObject({ code: "LIMIT_REACHED", maximum: 1_000 });
    // 1,000 characters are there already.
    const large = Array.from({ length: 2 }, () => matching(values(100, 500)));
    for (let times = 0; times < 2; times++)
      expect((await admin.answer(create, route(large))).errors).toBeUndefined();
    const last = [matching(values(100, 500)), matching(values(98, 500))];
    expect((await admin.answer(create, route(last))).errors).toBeUndefined();
    expect((await admin.answer(create, route([matching(["x"])]))).errors?.[0]?.extensions).toMatchObject({
      code: "LIMIT_REACHED",
      maximum: 300_000,
    });
  });

  it("are compiled once, however many alerts and requests they are for", async () => {
    const tenant = await newTenant();
    const conditions = (nth: number) => [
      matching(Array.from({ length: 100 }, (_, index) => `*no alert ${nth}.${index}*`)),
    ];
    for (let index = 0; index < 5; index++) await tenant.admin.ask(create, route(conditions(index)));
    const { webhook } = await createSource(tenant, "Many");
    const compiled = async () =>
      Number(/alert_pattern_compilations_total (\d+)/.exec(await metricsText())?.[1] ?? 0);
    const before = await compiled();
    expect(await post(webhook, alerts(8))).toEqual(accepted);
    expect(await compiled()).toBe(before + 500);
    await world.advance({ minutes: 1 });
    expect(await post(webhook, alerts(10))).toEqual(accepted);
    expect(await compiled()).toBe(before + 500);
  });

  it("of alert sources there are as many as a tenant may have, and no more", async () => {
    const tenant = await newTenant();
    await world.database.query(
      `insert into alerts.alert_source (tenant_id, name, type, token_digest, created_at)
      select $1, 'Source ' || place, 'HTTP', 'digest ' || place, now() from generate_series(1, $2::int) as place`,
      [tenant.id, limits.sources.most - 1],
    );
    await createSource(tenant, "The last");
    await expect(createSource(tenant, "One too many")).rejects.toThrow("at most 1000 alert sources");
  });
});
