import { once } from "node:events";
import { connect } from "node:net";
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { givingWay } from "#shared/http/requestPlaces.ts";
import { listen, readBody, type Checks, type HttpServer, type ListenOptions } from "#shared/http/server.ts";
import { serveMetrics } from "#shared/http/metricsServer.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { exposed } from "#supergraph/errors.ts";

const log = pino({ level: "silent" });

async function serve(over: Partial<ListenOptions> = {}): Promise<HttpServer> {
  const ready = async (): Promise<Checks> => ({});
  const all = {
    port: 0,
    host: "127.0.0.1",
    routes: () => null,
    ready,
    log,
    messages: exposed.table,
    ...over,
  };
  const server = await listen(all);
  onTestFinished(() => server.close());
  return server;
}

describe("a server", () => {
  it("is alive, and ready when everything it needs is", async () => {
    const checks: Record<string, true | string> = { database: true };
    const { url } = await serve({ ready: async () => checks });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await answerOf(`${url}/readyz`)).toEqual([200, { ready: true, checks: { database: true } }]);
    checks["database"] = "is away";
    expect(await answerOf(`${url}/readyz`)).toEqual([503, { ready: false, checks: { database: "is away" } }]);
  });

  it("is not ready when it cannot tell", async () => {
    const { url } = await serve({ ready: () => Promise.reject(new Error("password hunter2 refused")) });
    const [status, body] = await answerOf(`${url}/readyz`);
    expect(status).toBe(503);
    expect(JSON.stringify(body)).not.toContain("hunter2");
  });

  it("counts requests by the first part of their path, and shows no more of it", async () => {
    const { url } = await serve({ paths: ["/hooks"], routes: async () => new Response("in") });
    await fetch(`${url}/hooks/s3cret?key=s3cret`);
    await fetch(`${url}/s3cret/hooks`);
    const metrics = await metricsText();
    expect(metrics).toContain(
      'http_request_duration_seconds_count{method="GET",route="/hooks",status="200"} 1',
    );
    expect(metrics).not.toContain("s3cret");
  });

  it("says how much it counted on an address of its own, and not among what everybody may ask for", async () => {
    const { url } = await serve();
    const metrics = await serveMetrics({ port: 0, host: "127.0.0.1", log });
    onTestFinished(() => metrics.close());
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect(await (await fetch(`${metrics.url}/metrics`)).text()).toContain(
      "# TYPE http_request_duration_seconds",
    );
    expect((await fetch(`${metrics.url}/graphql`)).status).toBe(404);
  });

  it("has requests wait to be acquired, operators' aside, and each that was acquired is released once", async () => {
    const opened = Promise.withResolvers<void>();
    const heard: string[] = [];
    const loadShedder = {
      acquire: () => (heard.push("is acquired"), opened.promise),
      release: () => void heard.push("is released"),
    };
    const { url } = await serve({
      loadShedder,
      routes: async () => (heard.push("is answered"), new Response("in")),
    });
    const answer = fetch(`${url}/hooks`);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    opened.resolve();
    expect(await (await answer).text()).toBe("in");
    expect(heard).toEqual(["is acquired", "is answered", "is released"]);
  });

  it("keeps no place for an answer that nobody reads to its end", async () => {
    const released = Promise.withResolvers<string>();
    const loadShedder = {
      acquire: () => undefined,
      release: ({ url }: { url?: string | undefined }) => released.resolve(url ?? ""),
    };
    const { url } = await serve({
      loadShedder,
      routes: async () =>
        new Response(new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536)) })),
    });
    const response = await fetch(`${url}/hooks`);
    expect(await released.promise).toBe("/hooks");
    await response.body!.cancel();
  });

  it("gives the place of a request to others while it waits for work elsewhere, once for all that it waits for", async () => {
    const heard: string[] = [];
    const loadShedder = {
      acquire: async () => void heard.push("is acquired"),
      release: () => void heard.push("is released"),
    };
    const { url } = await serve({
      loadShedder,
      async routes(request) {
        const waits = [1, 2].map((nth) => givingWay(request, Promise.resolve(nth)));
        heard.push("waits");
        heard.push(`goes on with ${(await Promise.all(waits)).join()}`);
        return new Response("in");
      },
    });
    expect(await (await fetch(`${url}/hooks`)).text()).toBe("in");
    expect(heard).toEqual([
      "is acquired",
      "is released",
      "waits",
      "is acquired",
      "goes on with 1,2",
      "is released",
    ]);
  });

  it("acquires nothing for what goes on after a request was answered", async () => {
    const heard: string[] = [];
    const loadShedder = {
      acquire: () => void heard.push("is acquired"),
      release: () => void heard.push("is released"),
    };
    const work = Promise.withResolvers<string>();
    let rest: Promise<string> | undefined;
    const { url } = await serve({
      loadShedder,
      async routes(request) {
        rest = givingWay(request, work.promise);
        return new Response("in");
      },
    });
    expect(await (await fetch(`${url}/hooks`)).text()).toBe("in");
    work.resolve("later");
    expect(await rest).toBe("later");
    expect(heard).toEqual(["is acquired", "is released"]);
  });

  it("lets whoever went away while they waited out again when it is their turn, unanswered", async () => {
    const [acquired, opened, over] = [1, 2, 3].map(() => Promise.withResolvers<void>());
    const heard: string[] = [];
    const loadShedder = {
      acquire: () => (heard.push("is acquired"), acquired!.resolve(), opened!.promise),
      release: () => (heard.push("is released"), over!.resolve()),
    };
    const { url } = await serve({
      loadShedder,
      routes: async () => (heard.push("is answered"), new Response("in")),
    });
    const asking = connect(Number(new URL(url).port), "127.0.0.1");
    asking.write("GET /hooks HTTP/1.1\r\nhost: x\r\n\r\n");
    await acquired!.promise;
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    asking.once("close", () => resolve());
    asking.destroy();
    await gone;
    // What comes afterwards on another connection was handled after the end of that one.
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    opened!.resolve();
    await over!.promise;
    expect(heard).toEqual(["is acquired", "is released"]);
  });

  it("answers what is pipelined on a connection one after another, in order", async () => {
    let [inHand, most] = [0, 0];
    const { url } = await serve({
      async routes(request) {
        most = Math.max(most, ++inHand);
        await new Promise((resolve) => setImmediate(resolve));
        inHand -= 1;
        return new Response(`${new URL(request.url).pathname} ${await request.text()};`);
      },
    });
    const asking = connect(Number(new URL(url).port), "127.0.0.1");
    const requests = Array.from({ length: 100 }, (_, nth) => {
      const close = nth === 99 ? "connection: close\r\n" : "";
      const body = "x".repeat(nth * 100);
      return `POST /${nth} HTTP/1.1\r\nhost: here\r\ncontent-length: ${body.length}\r\n${close}\r\n${body}`;
    });
    asking.write(requests.join(""));
    const chunks: Buffer[] = [];
    for await (const chunk of asking) chunks.push(chunk as Buffer);
    const answered = [
      ...Buffer.concat(chunks)
        .toString()
        .matchAll(/\/(\d+) (x*);/g),
    ];
    expect(answered.map(([, nth, body]) => [Number(nth), body!.length])).toEqual(
      requests.map((_, nth) => [nth, nth * 100]),
    );
    expect(most).toBe(1);
  });

  it("closes a connection on which more than a hundred requests wait, and goes on serving others", async () => {
    let asked = 0;
    const { url } = await serve({ routes: async () => (asked++, new Response("in")) });
    const flood = connect(Number(new URL(url).port), "127.0.0.1");
    flood.on("error", () => {});
    const closed = new Promise<void>((resolve) => void flood.once("close", () => resolve()));
    flood.write("GET /hooks HTTP/1.1\r\nhost: here\r\n\r\n".repeat(102 * 100));
    await closed;
    expect(await (await fetch(`${url}/hooks`)).text()).toBe("in");
    expect(asked).toBeLessThan(1_000);
    expect(await metricsText()).toMatch(/http_pipelines_too_long_total [1-9]/);
  });

  it.each([
    ["POST * HTTP/1.1", 400],
    ["POST nowhere HTTP/1.1", 400],
    ["GET /hooks HTTP/1.1\r\nhost: a b", 400],
    ["GET http://elsewhere/hooks?a=b HTTP/1.1", 200],
  ])("takes a path of a host, or the path of a whole address, and nothing else: %s", async (head, status) => {
    const { url } = await serve({
      routes: async (request) => new Response(new URL(request.url).pathname + new URL(request.url).search),
    });
    const asking = connect(Number(new URL(url).port), "127.0.0.1");
    const host = head.includes("host:") ? "" : "host: here\r\n";
    asking.end(`${head}\r\n${host}connection: close\r\n\r\n`);
    const chunks: Buffer[] = [];
    for await (const chunk of asking) chunks.push(chunk as Buffer);
    const answer = Buffer.concat(chunks).toString();
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.includes("/hooks?a=b")).toBe(status === 200);
  });

  it("answers 404 for what nobody serves", async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  });

  it("tells what is exposed of an error with its status, and nothing of others", async () => {
    const { url } = await serve({
      routes: async ({ url: asked }) => {
        if (asked.endsWith("/conflict")) throw exposed("CONFLICT", "two at once: s3cret");
        throw new Error("s3cret");
      },
    });
    expect(await answerOf(`${url}/conflict`)).toMatchObject([409, { extensions: { code: "CONFLICT" } }]);
    expect(await answerOf(`${url}/broken`)).toMatchObject([500, { extensions: { code: "INTERNAL_ERROR" } }]);
    expect(JSON.stringify(await answerOf(`${url}/broken`))).not.toContain("s3cret");
  });

  it("says where it could not listen", async () => {
    const { url } = await serve();
    const port = Number(new URL(url).port);
    await expect(serve({ port })).rejects.toThrow(`listening on 127.0.0.1:${port}`);
  });
});

describe("a body", () => {
  const echo = async (request: Request): Promise<Response> => new Response(await readBody(request, 10));

  it.each(["", "0123456789"])("of at most the maximum arrives whole: %j", async (body) => {
    const { url } = await serve({ routes: echo });
    const response = await fetch(url, { method: "POST", body });
    expect(await response.text()).toBe(body);
  });

  it("that says it is larger is refused with 413", async () => {
    const { url } = await serve({ routes: echo });
    const refused = await fetch(url, { method: "POST", body: "0123456789a" });
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ extensions: { code: "BODY_TOO_LARGE", maximumBytes: 10 } });
  });

  it("that does not say how large it is, is refused once it is larger", async () => {
    const { url } = await serve({ routes: echo });
    const body = new Blob(["012345", "6789abc"]).stream();
    expect((await fetch(url, { method: "POST", body, duplex: "half" } as RequestInit)).status).toBe(413);
  });
});

describe("a server that stops", () => {
  it("lets the request at hand finish, closes connections without one, and takes no new one", async () => {
    const finish = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const server = await serve({
      routes: async () => {
        arrived.resolve();
        await finish.promise;
        return new Response("done");
      },
    });
    const idle = connect(Number(new URL(server.url).port), "127.0.0.1").resume();
    await once(idle, "connect");
    const atHand = fetch(`${server.url}/slow`);
    await arrived.promise;
    const closing = server.close();
    await once(idle, "close");
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    finish.resolve();
    expect(await (await atHand).text()).toBe("done");
    await closing;
  });

  it("does not wait for a stream of events, which has no end", async () => {
    const endless = new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from(":\n\n")) });
    const headers = { "content-type": "text/event-stream" };
    const server = await serve({ routes: async () => new Response(endless, { headers }) });
    const reader = (await fetch(`${server.url}/events`)).body!.getReader();
    await reader.read();
    await server.close();
    await expect(reader.read()).rejects.toThrow();
  });

  it("gives up waiting after its time", async () => {
    const arrived = Promise.withResolvers<void>();
    const server = await serve({
      drainSeconds: 0.01,
      routes: () => {
        arrived.resolve();
        return new Promise(() => {});
      },
    });
    const stuck = fetch(`${server.url}/stuck`).catch(() => "cut off");
    await arrived.promise;
    await server.close();
    expect(await stuck).toBe("cut off");
  });
});

async function answerOf(url: string): Promise<[number, unknown]> {
  const response = await fetch(url);
  return [response.status, await response.json()];
}
