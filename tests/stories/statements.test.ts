import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { closeAll, openPager, pageAt, pagingSource, responder, weekly, type Pager } from "./setting.ts";

let world: World;
let pager: Pager;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  tenant = await world.tenant("acme");
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const schedule = await weekly(tenant, [ann]);
  const { webhook } = await pagingSource(tenant, [{ scheduleIds: [schedule] }], {
    action: { groupByLabels: ["host"] },
  });
  const alerts = Array.from({ length: 90 }, (_, index) => ({
    title: `Alert ${index}`,
    labels: { host: `host-${index % 30}` },
  }));
  await world.post(webhook, alerts);
  await world.settle();
}, 120_000);

afterAll(() => closeAll(world, pager));

const everything = `query ($first: Int!) {
  incidents(first: $first) { nodes {
    number title state severity acknowledgedAt lead { name }
    alerts(first: 3) { totalCount nodes { title status labels { name value } source { name } } }
    timeline(first: 10) { nodes { kind message actor { name } } }
    escalations { state level pages { nodes { state sentAt user { name onCall { schedule { name } to } } attempts { at succeeded } } } history { to at } }
  } }
}`;

/** One query shows an incident with its alerts, who was paged when and how, and who is on call now. */
async function statementsFor(first: number): Promise<{ statements: number; incidents: unknown[] }> {
  const before = world.tocsin.statements();
  const { incidents } = await tenant.admin.ask<{ incidents: { nodes: unknown[] } }>(everything, { first });
  return { statements: world.tocsin.statements() - before, incidents: incidents.nodes };
}

it("asks the database as often for 30 incidents with alerts, escalations, pages and users as for one", async () => {
  await statementsFor(2);
  const one = await statementsFor(1);
  const thirty = await statementsFor(30);
  expect(thirty.incidents).toHaveLength(30);
  expect(thirty.incidents[0]).toMatchObject({
    alerts: { totalCount: 3, nodes: [{ source: { name: "Monitoring" } }, {}, {}] },
    escalations: [
      {
        state: "TRIGGERED",
        pages: {
          nodes: [{ state: "SENT", user: { name: "ann", onCall: [{ schedule: { name: "Primary" } }] } }],
        },
      },
    ],
  });
  expect(thirty.statements).toBe(one.statements);
  expect(thirty.statements).toBeLessThanOrEqual(40);
});
