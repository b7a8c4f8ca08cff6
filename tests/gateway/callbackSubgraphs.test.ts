import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "#shared/log/log.ts";
import { listen, type HttpServer } from "#shared/http/server.ts";
import { openCallbacks, type CallbackServer } from "../../gateway/callbacks.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { dataSourcesOf } from "../../gateway/dataSources.ts";
import type { DataSource } from "../../gateway/executor/contract.ts";
import { messages } from "../../gateway/errors.ts";
import { followed, served } from "./support/askSource.ts";

/** What a subgraph is told of where to call back. */
interface Asked {
  readonly callbackUrl: string;
  readonly subscriptionId: string;
  readonly verifier: string;
  readonly heartbeatIntervalMs: number;
}

const log = createLog({ service: "gateway", level: "silent" });
const opened: (() => unknown)[] = [];
let callbacks: CallbackServer;
let server: HttpServer;
beforeEach(() => open(0));
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function open(heartbeatSeconds: number): Promise<void> {
  server = await listen({
    port: 0,
    host: "127.0.0.1",
    routes: (request) => callbacks.answer(request),
    ready: async () => ({}),
    log,
    messages,
  });
  const { url } = server;
  callbacks = openCallbacks({ url: `${url}/callback/`, heartbeatSeconds, mostBytes: 10_000, log });
  opened.push(() => server.close());
}

/** Sends to an address as a subgraph does; the answer is its status. */
async function call(asked: Asked, message: object, verifier = asked.verifier): Promise<number> {
  const response = await fetch(asked.callbackUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind: "subscription", id: asked.subscriptionId, verifier, ...message }),
  });
  expect(response.headers.get("subscription-protocol")).toBe(response.status < 413 ? "callback/1.0" : null);
  return response.status;
}

const check = (asked: Asked) => call(asked, { action: "check" });
const next = (asked: Asked, a: number) => call(asked, { action: "next", payload: { data: { a } } });

/** A subgraph that does as it is told once it has been asked; what it answers is the text. */
async function subgraph(
  onAsked: (asked: Asked, request: { accept?: string | undefined; query: string }) => Promise<string>,
) {
  const { url, close } = await served((request, response) => {
    void text(request).then(async (body) => {
      const { query, extensions } = JSON.parse(body) as {
        query: string;
        extensions: { subscription: Asked };
      };
      response.end(await onAsked(extensions.subscription, { accept: request.headers.accept, query }));
    });
  });
  const config = readGatewayConfig({
    SUBGRAPH_SUBSCRIPTIONS: "shop=callback",
    CALLBACK_URL: `${server.url}/callback`,
  });
  const source: DataSource = dataSourcesOf(config, callbacks)("shop", url);
  opened.unshift(
    () => source.close?.(),
    () => close(),
  );
  return source;
}

const ACCEPTED = '{"data":null}';

describe("a subgraph that calls back", () => {
  it("is given an address, tells events there, and that they are all", async () => {
    let asked: Asked | undefined;
    const source = await subgraph(async (given, request) => {
      asked = given;
      expect(request).toEqual({ accept: "application/json;callbackSpec=1.0", query: "{ a }" });
      expect(await check(given)).toBe(204);
      return ACCEPTED;
    });
    const following = followed(source);
    const first = following.next();
    await expect.poll(() => asked).toBeDefined();
    expect(asked).toMatchObject({
      heartbeatIntervalMs: 0,
      callbackUrl: `${server.url}/callback/${asked!.subscriptionId}`,
    });
    for (const a of [1, 2]) expect(await next(asked!, a)).toBe(200);
    expect((await first).value).toEqual({ data: { a: 1 } });
    expect((await following.next()).value).toEqual({ data: { a: 2 } });
    expect(await call(asked!, { action: "complete" })).toBe(202);
    expect((await following.next()).done).toBe(true);
    expect(await check(asked!)).toBe(404);
  });

  it("tells numbers as they are written", async () => {
    const source = await subgraph(async (asked) => {
      await check(asked);
      const message = {
        kind: "subscription",
        action: "next",
        id: asked.subscriptionId,
        verifier: asked.verifier,
      };
      const body = JSON.stringify(message).replace(/}$/, ',"payload":{"data":{"a":9007199254740993}}}');
      await fetch(asked.callbackUrl, { method: "POST", body });
      return ACCEPTED;
    });
    const following = followed(source);
    expect(JSON.stringify((await following.next()).value)).toBe('{"data":{"a":9007199254740993}}');
    await following.return?.();
  });

  it("may tell events before it has answered, and why there are no more", async () => {
    const source = await subgraph(async (asked) => {
      await check(asked);
      await next(asked, 1);
      await call(asked, { action: "complete", errors: [{ message: "no more" }] });
      return "";
    });
    const following = followed(source);
    expect((await following.next()).value).toEqual({ data: { a: 1 } });
    expect((await following.next()).value).toEqual({ errors: [{ message: "no more" }] });
    expect((await following.next()).done).toBe(true);
  });

  it("hears that nobody follows any longer, at whatever it sends", async () => {
    let asked: Asked | undefined;
    const source = await subgraph(async (given) => {
      asked = given;
      await check(given);
      await next(given, 1);
      return ACCEPTED;
    });
    const following = followed(source);
    await following.next();
    await following.return?.();
    expect(await next(asked!, 2)).toBe(404);
  });

  it("is not believed without its secret, nor in what is no message", async () => {
    let asked: Asked | undefined;
    const source = await subgraph(async (given) => {
      asked = given;
      await check(given);
      return ACCEPTED;
    });
    const following = followed(source);
    const first = following.next();
    await expect.poll(() => asked).toBeDefined();
    const given = asked!;
    const payload = { data: { a: 666 } };
    expect(await call(given, { action: "next", payload }, "guessed")).toBe(401);
    expect(await call(given, { action: "complete" }, `${given.verifier}x`)).toBe(401);
    expect(await call(given, { action: "next", payload, id: "another" })).toBe(400);
    expect(await call(given, { action: "next" })).toBe(400);
    expect(await call(given, { action: "next", payload: "text" })).toBe(400);
    expect(await call(given, { action: "heartbeat" })).toBe(400);
    expect(await call(given, { action: "next", payload: { data: "x".repeat(20_000) } })).toBe(413);
    expect((await fetch(given.callbackUrl)).status).toBe(405);
    expect((await fetch(given.callbackUrl, { method: "POST", body: "nothing" })).status).toBe(400);
    const other = given.callbackUrl.replace(/[0-9a-f]{12}$/, "000000000000");
    expect((await fetch(other, { method: "POST", body: "{}" })).status).toBe(404);
    await next(given, 1);
    expect((await first).value).toEqual({ data: { a: 1 } });
    await following.return?.();
  });

  it.each<[string, (asked: Asked) => Promise<string>, string]>([
    ["does not check its address", async () => ACCEPTED, "badAnswer"],
    ["answers with data instead", async (asked) => (await check(asked), '{"data":{"a":1}}'), "badAnswer"],
    ["answers with what is no JSON", async (asked) => (await check(asked), "event: next"), "unreachable"],
  ])("and %s ends the subscription with an error", async (_what, answer, reason) => {
    const source = await subgraph(answer);
    await expect(followed(source).next()).rejects.toMatchObject({ reason });
  });

  it("says what is wrong with the subscription", async () => {
    const source = await subgraph(async () => '{"errors":[{"message":"no such field"}]}');
    const following = followed(source);
    expect((await following.next()).value).toMatchObject({ errors: [{ message: "no such field" }] });
    expect((await following.next()).done).toBe(true);
  });
});

describe("a subgraph that says every so often that it is there", () => {
  beforeEach(() => open(0.1));

  it("is followed while it does, and not when it no longer does", async () => {
    let asked: Asked | undefined;
    let isThere = true;
    let beats = 0;
    const source = await subgraph(async (given) => {
      asked = given;
      await check(given);
      const heartbeat = setInterval(() => void (isThere && check(given).then(() => (beats += 1))), 20);
      opened.unshift(() => clearInterval(heartbeat));
      return ACCEPTED;
    });
    const following = followed(source);
    const first = following.next();
    // For longer than it could have been silent for.
    await expect.poll(() => beats).toBeGreaterThan(15);
    expect(asked?.heartbeatIntervalMs).toBe(100);
    await next(asked!, 1);
    expect((await first).value).toEqual({ data: { a: 1 } });
    isThere = false;
    await expect(following.next()).rejects.toMatchObject({ reason: "timeout" });
    expect(await check(asked!)).toBe(404);
  });
});

it("is not asked to call back unless there is an address", () => {
  expect(() => readGatewayConfig({ SUBGRAPH_SUBSCRIPTIONS: "shop=callback" })).toThrow(
    /CALLBACK_URL: is needed/,
  );
  for (const bad of [{ CALLBACK_URL: "ftp://gateway" }, { CALLBACK_HEARTBEAT_SECONDS: "-1" }])
    expect(() => readGatewayConfig(bad)).toThrow(/CALLBACK_/);
});
