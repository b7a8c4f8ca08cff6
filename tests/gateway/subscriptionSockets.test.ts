import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import type { ClientOptions } from "ws";
import type { GatewayOptions } from "../../gateway/gateway.ts";
import { rawSocket, type RawSocket } from "./clients/rawSocket.ts";
import {
  openTickingGateway,
  principalOf,
  READER,
  TICKED,
  type TickingGateway,
} from "./clients/tickingGateway.ts";

let gateway: TickingGateway;
const sockets: RawSocket[] = [];
afterEach(async () => {
  for (const { socket } of sockets.splice(0)) socket.terminate();
  await gateway.close();
});

async function open(env: Record<string, string> = {}, options: Partial<GatewayOptions> = {}) {
  gateway = await openTickingGateway(env, options);
}

function connect(options: ClientOptions = {}): RawSocket {
  const socket = rawSocket(gateway.socketUrl, options);
  sockets.push(socket);
  return socket;
}

async function talking(authorization = READER): Promise<RawSocket> {
  const socket = connect();
  await socket.begin({ Authorization: authorization });
  return socket;
}

const FOREIGN = "https://evil.example";
const FRIEND = "https://app.example";

describe("who may speak on a socket", () => {
  it("is no page of a foreign origin, whatever cookie its browser sends", async () => {
    await open({ CORS_ORIGINS: FRIEND });
    const socket = connect({ headers: { origin: FOREIGN, cookie: "session=reader" } });
    expect(await socket.refused).toBe(403);
  });

  it.each([
    ["a page of an origin that may call", () => FRIEND],
    ["a page of this server", () => gateway.url],
  ])("is %s, and its cookie says who it is", async (_who, origin) => {
    await open({ CORS_ORIGINS: FRIEND });
    const socket = connect({ headers: { origin: origin(), cookie: "session=reader" } });
    expect(await socket.refused).toBeNull();
    await socket.begin();
    socket.subscribe("1", TICKED);
    await expect.poll(() => gateway.followers()).toBe(1);
  });

  it("is a page of the sandbox while developing, which shows a token but whose cookies do not count", async () => {
    await open();
    const headers = { origin: "https://studio.apollographql.com", cookie: "session=reader" };
    const socket = connect({ headers });
    await socket.begin();
    socket.subscribe("1", TICKED);
    expect(JSON.stringify(await socket.next())).toContain("UNAUTHENTICATED");
  });

  it("is sent away with a bad token before asking anything", async () => {
    await open();
    const socket = connect();
    await once(socket.socket, "open");
    socket.say({ type: "connection_init", payload: { authorization: "Bearer bad" } });
    expect(await socket.closed).toEqual({ code: 4403, reason: "UNAUTHENTICATED" });
  });

  it("is no more than so many from one address at a time", async () => {
    await open({ LIMIT_SOCKETS_PER_ADDRESS: "2" });
    const [first] = [await talking(), await talking()];
    expect(await connect().refused).toBe(429);
    first.socket.terminate();
    await expect.poll(() => connect().refused).toBeNull();
  });

  it("is sent away when nothing is asked for long, and not while something is", async () => {
    await open({}, { heartbeats: { pingSeconds: 60, idleSeconds: 0.2 } });
    const [idle, following] = [await talking(), await talking()];
    following.subscribe("1", TICKED);
    await expect.poll(() => gateway.followers()).toBe(1);
    expect(await idle.closed).toMatchObject({ code: 1000 });
    gateway.tick(1);
    await following.next();
    following.say({ type: "complete", id: "1" });
    expect(await following.closed).toMatchObject({ code: 1000 });
  });

  it("is sent away without saying who it is in time", async () => {
    await open({}, { heartbeats: { initSeconds: 0.01 } });
    expect(await connect().closed).toMatchObject({ code: 4408 });
  });

  it("asks nothing before it has said who it is", async () => {
    await open();
    const socket = connect();
    await once(socket.socket, "open");
    socket.subscribe("1", TICKED);
    expect(await socket.closed).toMatchObject({ code: 4401 });
    expect(gateway.asked).toEqual([]);
  });
});

describe("what goes over a socket", () => {
  it("is no subscription any more when it is completed at once, and takes nobody's place", async () => {
    const turns = async (count: number) => {
      for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    const authenticate = async (headers: Headers) => (await turns(5), principalOf(headers));
    await open({ LIMIT_SUBSCRIPTIONS: "3" }, { authentication: { authenticate } });
    const socket = await talking();
    for (let nth = 0; nth < 60; nth++) {
      socket.subscribe(String(nth), TICKED);
      // After as many turns of the event loop as it takes to be at each stage of beginning.
      await turns(nth % 20);
      socket.say({ id: String(nth), type: "complete" });
    }
    await expect.poll(() => gateway.followers()).toBe(0);
    const another = await talking();
    for (const id of ["a", "b", "c"]) another.subscribe(id, TICKED);
    await expect.poll(() => gateway.followers()).toBe(3);
  });

  it("is queries and mutations as well, one result and the end", async () => {
    await open();
    const socket = await talking();
    socket.subscribe("q", "{ now }");
    expect([await socket.next(), await socket.next()]).toEqual([
      { id: "q", type: "next", payload: { data: { now: 1 } } },
      { id: "q", type: "complete" },
    ]);
    socket.subscribe("m", "mutation { add(to: 1) }");
    expect(await socket.next()).toMatchObject({ id: "m", payload: { data: { add: 2 } } });
  });

  it.each([
    ["an invalid one", {}, "{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
    ["one that costs too much", { LIMIT_COST: "5" }, "mutation { add(to: 1) }", "COST_EXCEEDED"],
    ["one that is too deep", { LIMIT_DEPTH: "1" }, TICKED, "LIMIT_EXCEEDED"],
    [
      "one that is in no manifest",
      { TRUSTED_DOCUMENTS: "enforce", TRUSTED_DOCUMENTS_MANIFEST: "none" },
      "{ now }",
      "DOCUMENT_NOT_TRUSTED",
    ],
    [
      "one about the schema",
      { INTROSPECTION: "off" },
      "{ __schema { types { name } } }",
      "INTROSPECTION_DISABLED",
    ],
  ])("is held to the rules of the gateway: %s", async (_what, env, query, code) => {
    await open(env);
    const socket = await talking();
    socket.subscribe("1", query);
    const { type, payload } = await socket.next();
    expect(type).toBe("error");
    expect(JSON.stringify(payload)).toMatch(code);
    socket.subscribe("1", "{ __typename }");
    expect(await socket.next()).toMatchObject({ id: "1" });
  });

  it("is answered without what the caller may not read", async () => {
    await open();
    const socket = await talking();
    socket.subscribe("1", "{ now secret }");
    expect(await socket.next()).toMatchObject({
      payload: { data: { now: 1, secret: null }, errors: [{ extensions: { code: "PERMISSION_DENIED" } }] },
    });
  });

  it("is no message larger than a body may be", async () => {
    await open({ LIMIT_BODY_BYTES: "1000" });
    const socket = await talking();
    socket.subscribe("1", `{ now } # ${"x".repeat(1_000)}`);
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });

  it("is nothing that is no message", async () => {
    await open();
    const socket = await talking();
    socket.socket.send("what?");
    expect(await socket.closed).toMatchObject({ code: 4400 });
  });

  it("is no more operations at a time than a client may have", async () => {
    await open({ LIMIT_SUBSCRIPTIONS: "1" });
    const socket = await talking();
    socket.subscribe("1", TICKED);
    await expect.poll(() => gateway.followers()).toBe(1);
    socket.subscribe("2", "{ now }");
    expect(await socket.next()).toMatchObject({
      id: "2",
      type: "error",
      payload: [{ extensions: { code: "LIMIT_EXCEEDED" } }],
    });
  });

  it("is pings, and whoever does not answer them is gone", async () => {
    await open();
    const socket = connect({ autoPong: false });
    await socket.begin({ authorization: READER });
    await once(socket.socket, "ping");
    expect(await socket.closed).toMatchObject({ code: 1006 });
  });
});

describe("the end of a socket", () => {
  it("lets go of the subgraph's stream", async () => {
    await open();
    const socket = await talking();
    socket.subscribe("1", TICKED);
    await expect.poll(() => gateway.followers()).toBe(1);
    socket.socket.terminate();
    await expect.poll(() => gateway.followers()).toBe(0);
  });

  it("comes with a code to come again on when the server stops, after what is being asked is answered", async () => {
    const answer = Promise.withResolvers<void>();
    await open({}, { authentication: { authenticate: (headers) => slowly(headers, answer.promise) } });
    const socket = connect();
    await socket.begin({ authorization: READER });
    socket.subscribe("1", "{ now }");
    await expect.poll(() => asked).toBe(2);
    const stopped = gateway.close();
    answer.resolve();
    expect(await socket.next()).toMatchObject({ payload: { data: { now: 1 } } });
    expect(await socket.closed).toEqual({ code: 1012, reason: "The server restarts" });
    await stopped;
  });
});

// The first question is that of connection_init.
let asked = 0;
async function slowly(headers: Headers, answer: Promise<void>) {
  asked += 1;
  if (asked > 1) await answer;
  return null;
}
