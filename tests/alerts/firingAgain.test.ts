import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { send } from "#shared/process/commands.ts";
import { releaseAlerts } from "#supergraph/commands.ts";
import { createHttpSource } from "../support/demo.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";

// What alerts tell incidents, looked at where it is written: what incidents make of it are their own stories.

let world: World;
let tenant: Tenant;
let names = 0;

beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  tenant = await world.tenant(`tenant-${++names}`);
});
afterAll(() => world.close());

const createRoute = async (input: object) => {
  const { createAlertRoute } = await tenant.admin.ask<{ createAlertRoute: { alertRoute: { id: string } } }>(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    { input: { name: `Route ${++names}`, action: {}, ...input } },
  );
  return createAlertRoute.alertRoute.id;
};

const updateRoute = ({ id, ...changes }: { id: string; [change: string]: unknown }) =>
  tenant.admin.ask(
    "mutation ($input: UpdateAlertRouteInput!) { updateAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: { id, changes },
    },
  );

interface Told {
  name: string;
  key: string;
  payload: { alertId: string; alertKey: string; severity: string; group: { key: string } | null } & Record<
    string,
    unknown
  >;
}

/** What incidents were told since they were last asked about here; nobody else hears of it. */
const told = () =>
  world.database.query<Told>(
    `with told as (delete from process.command where tenant_id = $1 and owner = 'incidents' returning id, name, key, payload)
     select name, key, payload from told order by id`,
    [tenant.id],
  );

const eventsOf = async (id: string) => {
  const { alert } = await tenant.admin.ask<{
    alert: {
      status: string;
      route: { id: string } | null;
      events: { nodes: { status: string; payload: unknown; notes: string[] }[] };
    };
  }>(
    "query ($id: ID!) { alert(id: $id) { status route { id } events(first: 20) { nodes { status payload notes } } } }",
    { id },
  );
  return alert;
};

describe("a firing alert that leads to no incident", () => {
  it("is routed again at every firing: a quiet route takes it first, and when it is critical an incident is opened", async () => {
    const { webhook } = await createHttpSource(tenant.admin.ask, "Monitoring");
    await createRoute({
      conditions: [{ priority: { oneOf: ["MEDIUM"] } }],
      action: { openIncident: false },
    });
    await createRoute({});
    const fire = (priority: string) => world.post(webhook, { title: "Slow", dedupKey: "slow", priority });
    await fire("medium");
    await fire("medium");
    expect(await told()).toEqual([]);
    await fire("critical");
    expect(await told()).toMatchObject([{ name: "openIncident", payload: { severity: "CRITICAL" } }]);
    await fire("critical");
    expect(await told()).toEqual([]);
  });

  it("is looked at again by a route that did not exist, was disabled, or did not match", async () => {
    const { webhook } = await createHttpSource(tenant.admin.ask, "Monitoring");
    const fire = (labels: object = {}) => world.post(webhook, { title: "Slow", dedupKey: "slow", labels });
    await fire();
    const conditions = [{ label: { name: "team", exists: true } }];
    const id = await createRoute({ conditions });
    await updateRoute({ id, enabled: false });
    await fire({ team: "db" });
    await updateRoute({ id, enabled: true });
    await fire();
    expect(await told()).toEqual([]);
    const { body } = await fire({ team: "db" });
    const [alertId] = body["accepted"] as string[];
    expect(await told()).toMatchObject([{ name: "openIncident", payload: { alertId } }]);
    expect((await eventsOf(alertId!)).route).toEqual({ id });
  });

  it("tells incidents under one key from the first telling to the last, a digest however long its labels are", async () => {
    const { webhook } = await createHttpSource(tenant.admin.ask, "Monitoring");
    await createRoute({ action: { groupByLabels: ["path"] } });
    const alert = { title: "Slow", dedupKey: "slow", labels: { path: "/x".repeat(1_000) } };
    await world.post(webhook, alert);
    await world.post(webhook, { ...alert, priority: "critical", labels: { path: "/y" } });
    await world.post(webhook, { ...alert, status: "resolved" });
    const all = await told();
    expect(all.map(({ name, payload }) => [name, payload["severity"]])).toEqual([
      ["openIncident", "HIGH"],
      ["openIncident", "CRITICAL"],
      ["settleAlert", undefined],
    ]);
    expect(new Set(all.map(({ key }) => key)).size).toBe(1);
    expect(all[0]!.key).toMatch(/^[0-9a-f]{64}$/);
    expect(all[0]!.payload.group!.key).toMatch(/^sha256:/);
    expect(all[1]!.payload.group!.key).toContain("/y");
    expect(all[1]!.payload.alertKey).toBe(all[0]!.payload.alertKey);
  });
});

it("incidents are told again when the severity, the route or the path of a firing alert changed, and not otherwise", async () => {
  const { webhook } = await createHttpSource(tenant.admin.ask, "Monitoring");
  const path = async (name: string) => {
    const { createEscalationPath } = await tenant.admin.ask<{
      createEscalationPath: { escalationPath: { id: string } };
    }>(
      "mutation ($input: CreateEscalationPathInput!) { createEscalationPath(input: $input) { escalationPath { id } } }",
      { input: { name, levels: [{ userIds: [tenant.admin.id] }] } },
    );
    return createEscalationPath.escalationPath.id;
  };
  const [first, second] = [await path("First"), await path("Second")];
  const id = await createRoute({ action: { escalationPathId: first, repage: "NEVER", damping: "PT0S" } });
  const fire = (priority: string, title = "Slow") =>
    world.post(webhook, { title, dedupKey: "slow", priority });
  await fire("low");
  await fire("low");
  await fire("info", "Slower");
  expect(await told()).toMatchObject([
    { payload: { severity: "LOW", escalationPathId: first, repage: "NEVER", dampingSeconds: 0 } },
  ]);
  await fire("high");
  expect(await told()).toMatchObject([{ payload: { severity: "HIGH" } }]);
  await updateRoute({ id, action: { escalationPathId: second } });
  await fire("high");
  expect(await told()).toMatchObject([
    { payload: { escalationPathId: second, repage: "ON_RISE", dampingSeconds: 1800 } },
  ]);
  await createRoute({ position: 1, action: { escalationPathId: second } });
  await fire("high");
  expect(await told()).toHaveLength(1);
  // No route takes it any more: it still leads where it led.
  await tenant.admin.ask(
    "mutation ($id: ID!) { deleteAlertRoute(input: { id: $id }) { alertRoutes { id } } }",
    { id },
  );
  await fire("high");
  expect(await told()).toEqual([]);
});

it("an alert that has none of the grouping labels is not grouped; of one that has some, the group is of those it has", async () => {
  const { webhook, id } = await createHttpSource(tenant.admin.ask, "Monitoring");
  const routeId = await createRoute({ action: { groupByLabels: ["cluster", "service"] } });
  const alerts = [
    { title: "Neither" },
    { title: "Neither as well", labels: { cluster: "" } },
    { title: "Cluster only", labels: { cluster: "eu" } },
    { title: "Cluster only too", labels: { cluster: "eu", service: null } },
    { title: "Both", labels: { cluster: "eu", service: "checkout" } },
  ];
  await world.post(webhook, alerts);
  const groups = (await told()).map(({ payload }) => [payload["title"], payload.group?.key ?? null]);
  expect(Object.fromEntries(groups)).toEqual({
    Neither: null,
    "Neither as well": null,
    "Cluster only": JSON.stringify([routeId, "eu", null]),
    "Cluster only too": JSON.stringify([routeId, "eu", null]),
    Both: JSON.stringify([routeId, "eu", "checkout"]),
  });
  const { previewAlertRouting } = await tenant.admin.ask<{ previewAlertRouting: object[] }>(
    "query ($id: ID!, $payload: JSON!) { previewAlertRouting(alertSourceId: $id, payload: $payload) { groupKey missingGroupLabels notes } }",
    { id, payload: alerts },
  );
  expect(previewAlertRouting).toMatchObject([
    { groupKey: null, missingGroupLabels: ["cluster", "service"] },
    { groupKey: null, missingGroupLabels: ["cluster", "service"] },
    { missingGroupLabels: ["service"] },
    { missingGroupLabels: ["service"] },
    { missingGroupLabels: [] },
  ]);
  await updateRoute({ id: routeId, action: { groupByLabels: [] } });
  await world.post(webhook, [{ title: "One group for all" }, { title: "and all for one" }]);
  expect((await told()).map(({ payload }) => payload.group?.key)).toEqual([
    `["${routeId}"]`,
    `["${routeId}"]`,
  ]);
});

describe("when incidents let go of an alert", () => {
  const fired = async () => {
    const { webhook } = await createHttpSource(tenant.admin.ask, "Monitoring");
    await createRoute({});
    const fire = async (status = "firing") => {
      const { body } = await world.post(webhook, { title: "Slow", dedupKey: "slow", status });
      return (body["accepted"] as string[])[0]!;
    };
    const id = await fire();
    await told();
    return { id, fire };
  };
  const release = async (alertId: string, resolves: boolean, at: Temporal.Instant | null = null) => {
    const db = world.tocsin.databaseOf("alerts").tenant(tenant.id);
    const incidentId = crypto.randomUUID();
    await db.transaction(async (tx) => {
      const payload = {
        incidentId,
        alertIds: [alertId],
        resolves,
        userId: tenant.admin.id,
        at: (at ?? (await tx.now())).toString(),
      };
      await send(tx, releaseAlerts, payload);
    });
    await world.settle();
    return incidentId;
  };

  it("is resolved with the incident by whoever resolved that, and is a new one when it fires again", async () => {
    const { id, fire } = await fired();
    const incidentId = await release(id, true);
    const { status, events } = await eventsOf(id);
    expect(status).toBe("RESOLVED");
    expect(events.nodes[0]).toMatchObject({
      status: "RESOLVED",
      payload: { resolvedBy: { kind: "user", id: tenant.admin.id, incidentId } },
    });
    await told();
    const next = await fire();
    expect(next).not.toBe(id);
    expect(await told()).toMatchObject([{ name: "openIncident", payload: { alertId: next } }]);
  });

  it("or stays firing and leads nowhere, so that its next firing opens an incident", async () => {
    const { id, fire } = await fired();
    await release(id, false);
    expect(await told()).toEqual([]);
    expect((await eventsOf(id)).status).toBe("FIRING");
    expect(await fire()).toBe(id);
    expect(await told()).toMatchObject([{ name: "openIncident", payload: { alertId: id } }]);
  });

  it.each([true, false])(
    "what fired since is routed again at once, and not resolved: %s",
    async (resolves) => {
      const { id, fire } = await fired();
      const at = await world.tocsin.databaseOf("alerts").tenant(tenant.id).now();
      await world.database.moveClock({ minutes: 1 });
      await fire();
      expect(await told()).toEqual([]);
      await world.tocsin
        .databaseOf("alerts")
        .tenant(tenant.id)
        .transaction(async (tx) => {
          const payload = {
            incidentId: crypto.randomUUID(),
            alertIds: [id],
            resolves,
            userId: null,
            at: at.toString(),
          };
          await send(tx, releaseAlerts, payload);
        });
      for (const worker of world.tocsin.workers.slice(1, 2)) await worker.drain();
      expect(await told()).toMatchObject([{ name: "openIncident", payload: { alertId: id } }]);
      expect((await eventsOf(id)).status).toBe("FIRING");
    },
  );
});

it("a route that somebody changed meanwhile is not changed again unseen", async () => {
  const id = await createRoute({});
  const save = ({ expectedVersion, ...changes }: { name: string; expectedVersion?: number }) =>
    tenant.admin.answer(
      "mutation ($input: UpdateAlertRouteInput!) { updateAlertRoute(input: $input) { alertRoute { version name } } }",
      {
        input: { id, expectedVersion, changes },
      },
    );
  expect((await save({ name: "Mine", expectedVersion: 1 })).data).toEqual({
    updateAlertRoute: { alertRoute: { version: 2, name: "Mine" } },
  });
  const { errors } = await save({ name: "Yours", expectedVersion: 1 });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: "VERSION_STALE",
    version: 2,
    current: { name: "Mine" },
  });
  expect((await save({ name: "Whatever it was" })).data).toMatchObject({
    updateAlertRoute: { alertRoute: { version: 3 } },
  });
});

it("a source that a route is made for is not disabled before the route", async () => {
  const { id } = await createHttpSource(tenant.admin.ask, "Monitoring");
  const route = await createRoute({ conditions: [{ source: { oneOf: [id] } }] });
  const disable = () =>
    tenant.admin.answer(
      "mutation ($id: ID!) { disableAlertSource(input: { id: $id }) { alertSource { disabledAt } } }",
      { id },
    );
  expect((await disable()).errors?.[0]?.extensions).toMatchObject({
    code: "IN_USE",
    usedBy: [{ id: route }],
  });
  await updateRoute({ id: route, enabled: false });
  expect((await disable()).errors).toBeUndefined();
});
