import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAll, incidentsOf, openPager, pageAt, responder, type Pager } from "../stories/setting.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";
import { fire, pathTo, settle } from "./firing.ts";

let world: World;
let pager: Pager;
let stories = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});

afterAll(() => closeAll(world, pager));

async function story(): Promise<{ tenant: Tenant; ann: Person; pathId: string }> {
  const tenant = await world.tenant(`resolving-${++stories}`);
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  return { tenant, ann, pathId: await pathTo(tenant, "Ann", [ann.id]) };
}

const statesOf = async (tenant: Tenant) => (await incidentsOf(tenant)).map(({ state }) => state);

const resolve = async ({ ask }: Person, id: string, alerts?: boolean) => {
  await ask(
    "mutation ($id: ID!, $alerts: Boolean!) { resolveIncident(input: { id: $id, alerts: $alerts }) { incident { state } } }",
    {
      id,
      alerts: alerts ?? true,
    },
  );
  await world.settle();
};

const alertsOf = async ({ admin }: Tenant) => {
  const { incidents } = await admin.ask<{
    incidents: { nodes: { alerts: { edges: { settledAt: string | null; leftAt: string | null }[] } }[] };
  }>(
    "{ incidents(orderBy: NUMBER, direction: ASCENDING) { nodes { alerts { edges { settledAt leftAt } } } } }",
  );
  return incidents.nodes.map(({ alerts }) =>
    alerts.edges.map(({ settledAt, leftAt }) => (leftAt ? "left" : settledAt ? "settled" : "firing")),
  );
};

describe("an incident that a person resolves while its alerts fire", () => {
  it("has them resolved with it, and a new one opens and pages when one fires again", async () => {
    const { tenant, ann, pathId } = await story();
    await fire(world, tenant, { key: "disk", pathId });
    await resolve(ann, (await incidentsOf(tenant))[0]!.id);
    expect(await alertsOf(tenant)).toEqual([["settled"]]);
    await fire(world, tenant, { key: "disk", pathId });
    expect(await statesOf(tenant)).toEqual(["RESOLVED", "TRIAGE"]);
    expect(pager.pagesTo(ann)).toHaveLength(2);
  });

  it("lets them go where they are to fire on, and their next firing opens a new one and pages", async () => {
    const { tenant, ann, pathId } = await story();
    const alertId = await fire(world, tenant, { key: "disk", pathId });
    await resolve(ann, (await incidentsOf(tenant))[0]!.id, false);
    expect(await alertsOf(tenant)).toEqual([["left"]]);
    await fire(world, tenant, { key: "disk", alertId, pathId });
    expect(await statesOf(tenant)).toEqual(["RESOLVED", "TRIAGE"]);
    expect(await alertsOf(tenant)).toEqual([["left"], ["firing"]]);
    expect(pager.pagesTo(ann)).toHaveLength(2);
  });

  it("hears nothing of an alert that it let go", async () => {
    const { tenant, ann, pathId } = await story();
    const alertId = await fire(world, tenant, { key: "disk", pathId });
    await resolve(ann, (await incidentsOf(tenant))[0]!.id, false);
    await settle(world, tenant, alertId);
    const [incident] = await incidentsOf(tenant);
    expect(incident!.timeline.nodes.map(({ kind }) => kind)).not.toContain("ALERT_RESOLVED");
  });

  it("takes no notice of a firing from before it was resolved that is heard of only now", async () => {
    const { tenant, ann, pathId } = await story();
    const alertId = await fire(world, tenant, { key: "disk", pathId, severity: "LOW" });
    const [incident] = await incidentsOf(tenant);
    // Sent by alerts a moment before, and not done yet.
    await world.tocsin
      .databaseOf("incidents")
      .tenant(tenant.id)
      .transaction(async (tx) => {
        await tx.sql`
        insert into process.command (tenant_id, name, owner, payload, trace, sent_at, due_at)
        select ${tenant.id}::uuid, 'openIncident', 'incidents', ${{
          alertId,
          alertKey: "disk",
          title: "Late",
          summary: null,
          severity: "CRITICAL",
          firedAt: (await tx.now()).toString(),
          group: null,
          escalationPathId: pathId,
          resolveWithAlerts: true,
          repage: "ON_RISE",
          dampingSeconds: 0,
        }}::jsonb, '{}', process.now(), process.now() + interval '1 min'`;
      });
    await resolve(ann, incident!.id);
    await world.advance({ minutes: 2 });
    expect(await statesOf(tenant)).toEqual(["RESOLVED"]);
    expect(pager.pagesTo(ann)).toHaveLength(1);
  });

  it("tells alerts which, a thousand at a time", async () => {
    const { tenant, ann } = await story();
    await fire(world, tenant, { key: "first", group: "storm" });
    const [incident] = await incidentsOf(tenant);
    await world.database.query(
      `insert into incidents.incident_alert (tenant_id, incident_id, alert_id, title, severity_rank, added_at)
       select $1, $2, gen_random_uuid(), 'One of many', 2, process.now() from generate_series(1, 2100)`,
      [tenant.id, incident!.id],
    );
    await ann.ask("mutation ($id: ID!) { resolveIncident(input: { id: $id }) { incident { state } } }", {
      id: incident!.id,
    });
    const commands = await world.database.query<{ alerts: number; resolves: boolean }>(
      `select jsonb_array_length(payload -> 'alertIds') as alerts, (payload -> 'resolves')::boolean as resolves
       from process.command where tenant_id = $1 and name = 'releaseAlerts' order by place`,
      [tenant.id],
    );
    expect(commands.map(({ alerts }) => alerts)).toEqual([1_000, 1_000, 101]);
    expect(commands.every(({ resolves }) => resolves)).toBe(true);
    await world.settle();
  });
});

describe("an incident that is reopened", () => {
  const reopen = ({ admin }: Tenant, id: string) =>
    admin.ask("mutation ($id: ID!) { reopenIncident(input: { id: $id }) { incident { state } } }", { id });

  it("takes its group's alerts again", async () => {
    const { tenant, ann } = await story();
    await fire(world, tenant, { key: "a", group: "g" });
    const [incident] = await incidentsOf(tenant);
    await resolve(ann, incident!.id);
    await reopen(tenant, incident!.id);
    await fire(world, tenant, { key: "b", group: "g" });
    expect(await alertsOf(tenant)).toEqual([["settled", "firing"]]);
  });

  it("does not, where another took them meanwhile", async () => {
    const { tenant, ann } = await story();
    await fire(world, tenant, { key: "a", group: "g" });
    const [incident] = await incidentsOf(tenant);
    await resolve(ann, incident!.id);
    await fire(world, tenant, { key: "b", group: "g" });
    await reopen(tenant, incident!.id);
    await fire(world, tenant, { key: "c", group: "g" });
    expect(await alertsOf(tenant)).toEqual([["settled"], ["firing", "firing"]]);
  });

  it("takes an alert back that it let go when that fires the next time", async () => {
    const { tenant, ann, pathId } = await story();
    const alertId = await fire(world, tenant, { key: "disk", pathId });
    const [incident] = await incidentsOf(tenant);
    await resolve(ann, incident!.id, false);
    await reopen(tenant, incident!.id);
    await fire(world, tenant, { key: "disk", alertId, pathId });
    expect(await alertsOf(tenant)).toEqual([["firing"]]);
    expect(pager.pagesTo(ann)).toHaveLength(1);
  });
});

it("opens an incident whatever an alert is called", async () => {
  const { tenant } = await story();
  await fire(world, tenant, { key: "empty", title: " " });
  await fire(world, tenant, { key: "long", title: `${"x".repeat(999)}\u{1f525}and more` });
  const [empty, long] = await incidentsOf(tenant);
  expect(empty!.title).toBe("An alert without a title");
  expect(long!.title).toBe("x".repeat(999));
});

it("shows an alert the incident that it belongs to, or else the one that it belonged to last", async () => {
  const { tenant, ann, pathId } = await story();
  const { createAlertSource } = await tenant.admin.ask<{ createAlertSource: { token: string } }>(
    'mutation { createAlertSource(input: { name: "Monitoring", type: HTTP }) { token } }',
  );
  await tenant.admin.ask(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: { name: "All", action: { escalationPathId: pathId } },
    },
  );
  await world.post(`/webhooks/${createAlertSource.token}`, { title: "The disk is full" });
  await world.settle();
  const numberOf = async () => {
    const { alerts } = await tenant.admin.ask<{
      alerts: { nodes: { incident: { number: number } | null }[] };
    }>("{ alerts { nodes { incident { number } } } }");
    return alerts.nodes.map(({ incident }) => incident?.number);
  };
  const [row] = await world.database.query<{ id: string }>(
    "select id from alerts.alert where tenant_id = $1",
    [tenant.id],
  );
  await resolve(ann, (await incidentsOf(tenant))[0]!.id, false);
  expect(await numberOf()).toEqual([1]);
  await fire(world, tenant, { key: "disk", alertId: row!.id, pathId });
  expect(await numberOf()).toEqual([2]);
});
