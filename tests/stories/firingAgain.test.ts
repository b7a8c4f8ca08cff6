import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { closeAll, incidentsOf, openPager, pageAt, pagingSource, type Pager } from "./setting.ts";

// A firing alert belongs to an open incident, or is routed again: from the webhook to the page.

let world: World;
let pager: Pager;
let tenant: Tenant;
let tenants = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});
beforeEach(async () => {
  tenant = await world.tenant(`tenant-${++tenants}`);
  await pageAt(pager, tenant.admin, tenant);
});
afterAll(() => closeAll(world, pager));

const onlyAdmin = () => [{ userIds: [tenant.admin.id], wait: "PT1H" }];
const pages = () => pager.pagesTo(tenant.admin).length;

const resolve = async (alerts: boolean) => {
  const [incident] = await incidentsOf(tenant);
  await tenant.admin.ask(
    "mutation ($id: ID!, $alerts: Boolean!) { resolveIncident(input: { id: $id, alerts: $alerts }) { incident { id } } }",
    {
      id: incident!.id,
      alerts,
    },
  );
  await world.settle();
};

it.each([true, false])(
  "opens a new incident and pages at the next firing, once somebody resolved the incident by hand; its alerts too: %s",
  async (alerts) => {
    const { webhook } = await pagingSource(tenant, onlyAdmin());
    const fire = async () => {
      await world.post(webhook, { title: "The disk is full", dedupKey: "disk" });
      await world.settle();
    };
    await fire();
    await resolve(alerts);
    expect(pages()).toBe(1);
    await world.advance({ hours: 4 });
    await fire();
    expect([pages(), (await incidentsOf(tenant)).map(({ state }) => state)]).toEqual([
      2,
      ["RESOLVED", "TRIAGE"],
    ]);
    await world.advance({ minutes: 30 });
    await fire();
    expect((await incidentsOf(tenant)).length).toBe(2);
  },
);

it("pages when an alert that a quiet route took first becomes critical", async () => {
  const { webhook } = await pagingSource(tenant, onlyAdmin());
  await tenant.admin.ask(
    "mutation ($input: CreateAlertRouteInput!) { createAlertRoute(input: $input) { alertRoute { id } } }",
    {
      input: {
        name: "Quiet",
        position: 1,
        conditions: [{ priority: { noneOf: ["CRITICAL"] } }],
        action: { openIncident: false },
      },
    },
  );
  for (const priority of ["medium", "medium", "critical", "critical"]) {
    await world.post(webhook, { title: "Slow", dedupKey: "slow", priority });
    await world.settle();
  }
  expect([pages(), await incidentsOf(tenant)]).toMatchObject([1, [{ severity: "CRITICAL" }]]);
});

it("pages again when a group whose first alert was a warning gets a critical one, though somebody had taken it on", async () => {
  const { webhook } = await pagingSource(tenant, onlyAdmin());
  await world.post(webhook, { title: "Slow", priority: "warning" });
  await world.settle();
  const [incident] = await incidentsOf(tenant);
  await tenant.admin.ask(
    "mutation ($id: ID!) { acknowledgeIncident(input: { id: $id }) { incident { id } } }",
    { id: incident!.id },
  );
  await world.post(webhook, { title: "Down", priority: "critical" });
  await world.settle();
  expect([pages(), await incidentsOf(tenant)]).toMatchObject([
    2,
    [{ severity: "CRITICAL", state: "TRIAGE" }],
  ]);
  await world.post(webhook, { title: "Down", status: "resolved" });
  await world.settle();
  expect([pages(), await incidentsOf(tenant)]).toMatchObject([2, [{ severity: "MEDIUM" }]]);
});

it("makes three incidents and three pages of three alerts that have none of the grouping labels", async () => {
  const { webhook } = await pagingSource(tenant, onlyAdmin(), { action: { groupByLabels: ["cluster"] } });
  await world.post(webhook, [{ title: "One" }, { title: "Two" }, { title: "Three" }]);
  await world.settle();
  expect([pages(), (await incidentsOf(tenant)).length]).toEqual([3, 3]);
});

it("makes one incident and one page of an alert that fires and is resolved 20 times in 20 minutes", async () => {
  const { webhook } = await pagingSource(tenant, onlyAdmin());
  for (let minute = 0; minute < 20; minute++) {
    await world.post(webhook, { title: "Flaps", dedupKey: "flaps" });
    await world.advance({ seconds: 30 });
    await world.post(webhook, { title: "Flaps", dedupKey: "flaps", status: "resolved" });
    await world.advance({ seconds: 30 });
  }
  expect([pages(), (await incidentsOf(tenant)).length]).toEqual([1, 1]);
});

it("leaves a webhook's sender to try again while the database is away, and keeps no trace then", async () => {
  const { webhook } = await pagingSource(tenant, onlyAdmin());
  const mayConnect = (limit: number) =>
    world.database.query(
      `do $$ begin execute format('alter database %I connection limit ${limit}', current_database()); end $$`,
    );
  await mayConnect(0);
  await world.database.query(
    // Waits until they have ended: one that still seems to be alive would be taken by the second delivery.
    "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  const body = JSON.stringify({ title: "Down" });
  const answer = await world.tocsin.routes(
    new Request(`http://localhost${webhook}`, { method: "POST", body }),
  );
  expect([answer!.status, answer!.headers.get("retry-after")]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  await mayConnect(-1);
  expect((await world.post(webhook, body)).status).toBe(202);
  expect(
    await world.database.query("select from alerts.refused_request where tenant_id = $1", [tenant.id]),
  ).toEqual([]);
});
