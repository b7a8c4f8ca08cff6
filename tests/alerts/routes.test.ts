import { afterAll, beforeAll, expect, it } from "vitest";
import { findRoutesUsing } from "../../subgraphs/alerts/findRoutesUsing.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { pagingSource } from "../stories/setting.ts";

let world: World;
let tenant: Tenant;

beforeAll(async () => {
  world = await createWorld();
  tenant = await world.tenant("acme");
});

afterAll(() => world.close());

it("says which routes page along a path, to whoever wants to delete it", async () => {
  const { pathId } = await pagingSource(tenant, [{ userIds: [tenant.admin.id] }]);
  const ask = (id: string, pathIds: string[]) =>
    findRoutesUsing(world.tocsin.databaseOf("alerts").tenant(id), { pathIds });
  const unused = crypto.randomUUID();
  expect((await ask(tenant.id, [unused, pathId])).map(({ name, pathId: path }) => [name, path])).toEqual([
    ["Everything", pathId],
  ]);
  expect(await ask(tenant.id, [unused])).toEqual([]);
  expect(await ask((await world.tenant("other")).id, [pathId])).toEqual([]);
});
