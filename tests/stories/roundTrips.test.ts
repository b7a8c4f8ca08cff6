import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import {
  closeAll,
  incidentsOf,
  openPager,
  pageAt,
  pagingSource,
  responder,
  weekly,
  type Pager,
} from "./setting.ts";

// Where many are served at once, each round trip to the database waits for its turn on one event loop.

let world: World;
let pager: Pager;
let tenant: Tenant;
let webhook: string;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  tenant = await world.tenant("acme");
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const schedule = await weekly(tenant, [ann]);
  ({ webhook } = await pagingSource(tenant, [{ scheduleIds: [schedule] }], {
    action: { groupByLabels: null },
  }));
  await alert("To warm up");
}, 120_000);

afterAll(() => closeAll(world, pager));

async function alert(title: string): Promise<void> {
  await world.post(webhook, { title });
  await world.settle();
}

it("takes an alert to its page, and all of that into the timeline, in a bounded number of round trips", async () => {
  const before = world.tocsin.roundTrips();
  await alert("The disk is full");
  const roundTrips = world.tocsin.roundTrips() - before;
  expect(pager.received.at(-1)?.body).toMatchObject({ incident: { title: "The disk is full" } });
  const [, incident] = await incidentsOf(tenant);
  expect(incident!.timeline.nodes.map(({ kind }) => kind)).toContain("PAGE_SENT");
  // All that workers look for in vain included: they look until nothing is found in any of their nineteen lanes.
  expect(roundTrips).toBeLessThanOrEqual(150);
});
