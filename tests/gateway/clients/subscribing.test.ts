import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clients, type Heard, type StoryClient, type Subscribed } from "./clients.ts";
import { openTickingGateway, READER, TICKED, type TickingGateway } from "./tickingGateway.ts";

let gateway: TickingGateway;
let subscribed: Subscribed;
beforeEach(async () => {
  gateway = await openTickingGateway();
});
afterEach(async () => {
  subscribed.unsubscribe();
  await gateway.close();
});

async function subscribe(client: StoryClient): Promise<void> {
  subscribed = client.subscribe(gateway, TICKED, READER);
  await expect.poll(() => gateway.followers()).toBe(1);
}

describe.each(clients)("$name", (client) => {
  it("hears events in order, with what another subgraph has to add", async () => {
    await subscribe(client);
    for (const count of [1, 2, 3]) gateway.tick(count);
    const heard = [await subscribed.next(), await subscribed.next(), await subscribed.next()];
    expect(heard.map(ticked)).toEqual([
      { count: 1, doubled: 2 },
      { count: 2, doubled: 4 },
      { count: 3, doubled: 6 },
    ]);
  });

  it("hears the errors of an event with their path, and the next event after it", async () => {
    await subscribe(client);
    gateway.tick(13);
    const { errors } = await subscribed.next();
    expect(errors).toMatchObject([{ path: ["ticked", "doubled"], extensions: { code: "INTERNAL_ERROR" } }]);
    gateway.tick(14);
    expect(ticked(await subscribed.next())).toEqual({ count: 14, doubled: 28 });
  });

  it("is refused what it may not read, and the subgraph is not asked", async () => {
    subscribed = client.subscribe(gateway, TICKED);
    expect(JSON.stringify(await subscribed.next())).toMatch(/UNAUTHENTICATED|Sign in/i);
    expect(gateway.asked).toEqual([]);
  });

  it("lets go of the subgraph's stream when it unsubscribes", async () => {
    await subscribe(client);
    gateway.tick(1);
    await subscribed.next();
    subscribed.unsubscribe();
    await expect.poll(() => gateway.followers()).toBe(0);
  });
});

describe.each(clients.filter(({ returns }) => returns))("$name", (client) => {
  it("subscribes again by itself when its subgraph is elsewhere", async () => {
    await subscribe(client);
    gateway.tick(1);
    await subscribed.next();
    await gateway.publish(elsewhere(gateway.supergraphSdl));
    await expect.poll(() => gateway.asked.filter(({ subgraph }) => subgraph === "ticker").length).toBe(2);
    await expect.poll(() => gateway.followers()).toBe(1);
    gateway.tick(2);
    expect(ticked(await subscribed.next())).toEqual({ count: 2, doubled: 4 });
  });
});

describe.each(clients.filter(({ returns }) => !returns))("$name", (client) => {
  it("hears that it is to come again when its subgraph is elsewhere", async () => {
    await subscribe(client);
    gateway.tick(1);
    await subscribed.next();
    await gateway.publish(elsewhere(gateway.supergraphSdl));
    expect(JSON.stringify(await untilOver())).toMatch(/SUBSCRIPTION_RESTARTED|subscribe again/);
    await expect.poll(() => gateway.followers()).toBe(0);
  });
});

/** A supergraph by which every subgraph has another address, at which it is reached as before. */
function elsewhere(supergraphSdl: string): string {
  return supergraphSdl.replaceAll(/(join__graph\(name: "\w+", url: "[^"]*)"/g, '$1?moved"');
}

async function untilOver(): Promise<Heard[]> {
  const heard = [await subscribed.next()];
  while (!heard.at(-1)?.isOver) heard.push(await subscribed.next());
  return heard;
}

function ticked(heard: Heard): unknown {
  const { count, doubled } = (heard.data as { ticked: { count: number; doubled: number } }).ticked;
  return { count, doubled };
}
