import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { boundedResultQueue } from "../../gateway/boundedResultQueue.ts";
import { rawSocket, type RawSocket } from "./clients/rawSocket.ts";
import { openTickingGateway, READER, TICKED, type TickingGateway } from "./clients/tickingGateway.ts";

let gateway: TickingGateway;
const opened: { destroy(): void }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) one.destroy();
  await gateway.close();
});

const PARTS = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json';
const EVENTS = "text/event-stream";

async function overHttp(accept: string, query = TICKED, authorization = READER): Promise<IncomingMessage> {
  const sent = request(`${gateway.url}/graphql`, {
    method: "POST",
    agent: false,
    headers: { accept, authorization, "content-type": "application/json" },
  });
  opened.push(sent);
  sent.end(JSON.stringify({ query }));
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return response;
}

async function overSocket(query = TICKED): Promise<RawSocket> {
  const socket = rawSocket(gateway.socketUrl);
  opened.push({ destroy: () => socket.socket.terminate() });
  await socket.begin({ authorization: READER });
  socket.subscribe("1", query);
  return socket;
}

async function areFollowed(times: number): Promise<void> {
  await expect.poll(() => gateway.followers()).toBe(times);
}

describe("how many subscriptions a client has", () => {
  it("is counted over all protocols, and one that ends makes room", async () => {
    gateway = await openTickingGateway({ LIMIT_SUBSCRIPTIONS: "2" });
    const first = await overHttp(PARTS);
    await areFollowed(1);
    await overHttp(EVENTS);
    await areFollowed(2);
    const refused = await overSocket();
    expect(await refused.next()).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "LIMIT_EXCEEDED", limit: "subscriptions", maximum: 2 } }],
    });
    expect(await text(await overHttp(EVENTS))).toContain("LIMIT_EXCEEDED");
    expect(await text(await overHttp(PARTS))).toContain("LIMIT_EXCEEDED");
    expect(gateway.followers()).toBe(2);

    first.destroy();
    await areFollowed(1);
    refused.subscribe("2", TICKED);
    await areFollowed(2);
  });

  it("is counted for each client, and not at all for what is never begun", async () => {
    gateway = await openTickingGateway({ LIMIT_SUBSCRIPTIONS: "1", AUTHORIZATION: "off" });
    for (let time = 0; time < 3; time += 1) {
      expect((await overHttp("application/json")).statusCode).toBe(406);
    }
    await overHttp(EVENTS);
    await areFollowed(1);
    await overHttp(EVENTS, TICKED, "Bearer another");
    await areFollowed(2);
  });
});

describe("a client that does not read", () => {
  const LARGE = "subscription { ticked { count letters(many: 100000) } }";

  // What the operating system keeps of it is bounded, and so is what the gateway keeps: the subgraph is let go of.
  async function tickUntilLetGo(): Promise<void> {
    for (let count = 1; gateway.followers() > 0 && count <= 1_000; count += 1) {
      gateway.tick(count);
      await setImmediate();
    }
    await areFollowed(0);
  }

  it.each([PARTS, EVENTS])("is told so and let go of, over %s", async (accept) => {
    gateway = await openTickingGateway({ LIMIT_SUBSCRIPTION_BYTES: "300000" });
    const response = await overHttp(accept, LARGE);
    await areFollowed(1);
    await tickUntilLetGo();
    const heard = await text(response);
    expect(heard).toContain('"count":1,');
    expect(heard).toContain("SUBSCRIPTION_TOO_SLOW");
  });

  it("is told so and let go of, over a socket", async () => {
    gateway = await openTickingGateway(
      { LIMIT_SUBSCRIPTION_BYTES: "300000" },
      { heartbeats: { pingSeconds: 60 } },
    );
    const socket = await overSocket(LARGE);
    await areFollowed(1);
    socket.socket.pause();
    await tickUntilLetGo();
    socket.socket.resume();
    let last = await socket.next();
    while (!JSON.stringify(last).includes("SUBSCRIPTION_TOO_SLOW")) last = await socket.next();
    expect(await socket.next()).toEqual({ id: "1", type: "complete" });
  });

  it("and only asks is sent away, whatever it asks", async () => {
    gateway = await openTickingGateway({}, { heartbeats: { pingSeconds: 60 } });
    const socket = rawSocket(gateway.socketUrl);
    opened.push({ destroy: () => socket.socket.terminate() });
    await socket.begin();
    socket.socket.pause();
    const payload = { what: "x".repeat(200_000) };
    for (let time = 0; time < 1_000 && socket.socket.readyState === socket.socket.OPEN; time += 1) {
      await new Promise((sent) => socket.socket.send(JSON.stringify({ type: "ping", payload }), sent));
    }
    expect(socket.socket.readyState).not.toBe(socket.socket.OPEN);
  });
});

describe("what waits for a reader", () => {
  it("fails as its source fails, after what came before", async () => {
    gateway = await openTickingGateway();
    const results = boundedResultQueue(failing(), { maximumBytes: 1_000, tooSlow: () => ({}) });
    expect(await results.next()).toEqual({ done: false, value: { data: { count: 1 } } });
    await expect(results.next()).rejects.toThrow("lost");
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });
});

async function* failing() {
  yield { data: { count: 1 } };
  throw new Error("lost");
}
