import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pageUserAt } from "../support/demo.ts";
import { createWorld, type Tenant, type World } from "../support/world.ts";
import { closeAll, openPager, pageAt, pagingSource, responder, type Pager } from "./setting.ts";

// What one tenant does, and what another is served meanwhile: by workers that work as they do in production.

let world: World;
let pager: Pager;
let silent: Server;
let hanging = 0;

beforeAll(async () => {
  world = await createWorld();
  pager = await openPager();
  silent = createServer(() => void (hanging += 1));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  silent.closeAllConnections();
  await closeAll(world, pager);
  await new Promise((resolve) => silent.close(resolve));
});
beforeEach(() => Promise.all(world.tocsin.workers.map((worker) => worker.start())));
afterEach(async () => {
  silent.closeAllConnections();
  await Promise.all(world.tocsin.workers.map((worker) => worker.stop()));
});

/** A tenant whose alerts each page somebody at an address. */
async function paging(name: string, address?: string): Promise<{ tenant: Tenant; webhook: string }> {
  const tenant = await world.tenant(name);
  const ann = await responder(tenant, "ann");
  if (address) await pageUserAt(tenant.admin.ask, ann.id, address);
  else await pageAt(pager, ann, tenant);
  const action = { groupByLabels: null };
  const { webhook } = await pagingSource(tenant, [{ userIds: [ann.id], wait: "PT1H" }], { action });
  return { tenant, webhook };
}

const titles = () => pager.received.map(({ body }) => (body["incident"] as { title: string }).title);

const waiting = async (tenant: Tenant, table: "command" | "effect") =>
  (
    await world.database.query<{ count: number }>(
      `select count(*)::int as count from process.${table} where tenant_id = $1`,
      [tenant.id],
    )
  )[0]!.count;

describe("a page of one tenant", { timeout: 60_000 }, () => {
  it("goes out while a receiver of another tenant, with 120 alerts, never answers", async () => {
    const { port } = silent.address() as AddressInfo;
    const slow = await paging("silent-receiver", `http://127.0.0.1:${port}/`);
    const other = await paging("beside-silence");
    for (let nth = 0; nth < 120; nth++) await world.post(slow.webhook, { title: `Silence ${nth}` });
    await expect.poll(() => waiting(slow.tenant, "effect"), { timeout: 30_000 }).toBeGreaterThan(100);
    await expect.poll(() => hanging).toBeGreaterThan(0);
    await world.post(other.webhook, { title: "Beside silence" });
    await expect.poll(titles, { timeout: 10_000 }).toContain("Beside silence");
    // Nobody was answered meanwhile: all of them still wait.
    expect(await waiting(slow.tenant, "effect")).toBeGreaterThan(100);
  });

  it("goes out before what another tenant posted by the thousand is worked off", async () => {
    const storm = await paging("storm");
    const other = await paging("beside-storm");
    const posts = Array.from({ length: 4 }, (_, post) =>
      world.post(
        storm.webhook,
        Array.from({ length: 5_000 }, (__, nth) => ({ title: `Storm ${post}.${nth}` })),
      ),
    );
    await expect.poll(() => waiting(storm.tenant, "command"), { timeout: 60_000 }).toBeGreaterThan(4_000);
    await world.post(other.webhook, { title: "Beside the storm" });
    await expect.poll(titles, { timeout: 20_000 }).toContain("Beside the storm");
    expect(await waiting(storm.tenant, "command")).toBeGreaterThan(4_000);
    await Promise.all(posts);
  });
});
