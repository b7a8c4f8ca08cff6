import { afterAll, beforeAll, expect, it } from "vitest";
import { openCuttable, type Cuttable } from "../process/cuttable.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { closeAll, incidentsOf, openPager, pageAt, pagingSource, responder, type Pager } from "./setting.ts";

let way: Cuttable;
let world: World;
let pager: Pager;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld({
    wayTo: async (url) => {
      way = await openCuttable(url);
      return way.url;
    },
  });
  pager = await openPager();
  tenant = await world.tenant("away");
});
afterAll(async () => {
  await closeAll(world, pager);
  await way.close();
});

it("with the database away a webhook says when to try again, the graph that it is away, and both go on once it is back", async () => {
  const ann = await responder(tenant, "ann");
  await pageAt(pager, ann, tenant);
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id] }]);
  const post = (title: string) =>
    world.tocsin.routes(
      new Request(`http://localhost${webhook}`, { method: "POST", body: JSON.stringify({ title }) }),
    );
  way.takeAway(true);
  const refused = await post("The disk is full");
  expect([refused?.status, refused?.headers.get("retry-after")]).toEqual([503, "2"]);
  expect(await refused?.json()).toMatchObject({ extensions: { code: "SERVICE_UNAVAILABLE" } });
  const { errors } = await ann.answer("{ incidents(first: 1) { totalCount } }");
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["SERVICE_UNAVAILABLE"]);
  way.takeAway(false);
  expect((await post("The disk is full"))?.status).toBe(202);
  await world.settle();
  expect(pager.pagesTo(ann)).toHaveLength(1);
  expect(await incidentsOf(tenant)).toHaveLength(1);
});
