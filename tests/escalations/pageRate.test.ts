import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../subgraphs/escalations/limits.ts";
import {
  closeAll,
  incidentsOf,
  kindsOf,
  openPager,
  pageAt,
  pagingSource,
  responder,
  type Pager,
} from "../stories/setting.ts";
import { createWorld, type Person, type Tenant, type World } from "../support/world.ts";

let world: World;
let pager: Pager;
let tenants = 0;
beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
});
afterAll(() => closeAll(world, pager));

const { most: perMinute } = limits.pages;
let tenant: Tenant;
let ann: Person;
let webhook: string;
beforeEach(async () => {
  tenant = await world.tenant(`page-rate-${++tenants}`);
  ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const levels = [{ userIds: [ann.id], waitMinutes: 600 }];
  ({ webhook } = await pagingSource(tenant, levels, { action: { groupByLabels: null } }));
});

/** So many pages of the tenant were sent within this minute. */
const haveSent = (pages: number) =>
  world.database.query(
    `insert into escalations.page_allowance (tenant_id, full_at) values ($1, process.now() + make_interval(secs => $2))
     on conflict (tenant_id, single) do update set full_at = excluded.full_at`,
    [tenant.id, (60 / perMinute) * pages],
  );

const fire = async (...titles: string[]) => {
  for (const title of titles) await world.post(webhook, { title });
  await world.settle();
};
const paged = () => pager.pagesTo(ann).map(({ body }) => (body["incident"] as { title: string }).title);
const acknowledge = async (title: string) => {
  const incident = (await incidentsOf(tenant)).find((one) => one.title === title)!;
  await ann.ask("mutation ($id: ID!) { acknowledgeEscalation(id: $id) { state } }", {
    id: incident.escalations[0]!.id,
  });
  await world.settle();
};

describe("pages beyond what a tenant may send a minute", () => {
  it("wait for their turn, and their incidents say for how long", async () => {
    await haveSent(perMinute - 2);
    await fire("first");
    expect(paged()).toEqual(["first"]);
    // A minute's pages, and those of half a minute more.
    await haveSent(perMinute * 1.5);
    await fire("second", "third");
    expect(paged()).toEqual(["first"]);
    const [, second] = await incidentsOf(tenant);
    expect(second!.timeline.nodes.find(({ kind }) => kind === "PAGE_DELAYED")?.message).toMatch(
      /^A page by webhook waits for (2\d|3[01]) s: more than 6,000 pages a minute$/,
    );
    expect(second!.escalations[0]!.pages).toMatchObject([{ state: "PENDING" }]);
    await world.advance({ seconds: 20 });
    expect(paged()).toEqual(["first"]);
    await world.advance({ seconds: 12 });
    expect(paged().toSorted()).toEqual(["first", "second", "third"]);
    const timeline = kindsOf((await incidentsOf(tenant))[1]!);
    expect(timeline.filter((kind) => kind.startsWith("PAGE_"))).toEqual(["PAGE_DELAYED", "PAGE_SENT"]);
  });

  it("are not sent once somebody answered, and those behind them have their place", async () => {
    await haveSent(perMinute * 2);
    await fire("answered");
    await acknowledge("answered");
    // It was the only one beyond what was sent: the allowance is as if it had never been asked for.
    const [allowance] = await world.database.query<{ seconds: number }>(
      `select extract(epoch from full_at - process.now())::float as seconds from escalations.page_allowance where tenant_id = $1`,
      [tenant.id],
    );
    expect(allowance!.seconds).toBeLessThanOrEqual(120);
    await fire("behind");
    await world.advance({ seconds: 61 });
    expect(paged()).toEqual(["behind"]);
    expect(kindsOf((await incidentsOf(tenant))[0]!)).not.toContain("PAGE_SENT");
  });

  it("keep nobody of another tenant waiting", async () => {
    await haveSent(perMinute * 2);
    const [flooded, waiting] = [webhook, ann];
    tenant = await world.tenant(`page-rate-${++tenants}`);
    ann = await responder(tenant, "ann");
    await pageAt(pager, ann, tenant);
    ({ webhook } = await pagingSource(tenant, [{ userIds: [ann.id] }]));
    await world.post(flooded, { title: "waits" });
    await fire("goes out");
    expect(paged()).toEqual(["goes out"]);
    expect(pager.pagesTo(waiting)).toEqual([]);
  });
});
