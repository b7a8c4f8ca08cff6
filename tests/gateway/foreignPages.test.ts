import { METHODS, request as httpRequest } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { metricsText } from "#shared/telemetry/metrics.ts";
import { readGatewayConfig } from "../../gateway/config.ts";
import { openTestGateway, type TestGateway } from "./support/testGateway.ts";

const shop = {
  name: "shop",
  sdl: "type Query { price: Int @public }",
  resolvers: { Query: { price: () => 5 } },
};

const DASHBOARD = "https://dashboard.example";
const STATUS = "https://status.example:8443";

let gateway: TestGateway;
const webhooks: string[] = [];
beforeAll(async () => {
  gateway = await openTestGateway({
    subgraphs: [shop],
    env: { NODE_ENV: "production", CORS_ORIGINS: `${DASHBOARD}, ${STATUS}` },
    gateway: {
      webhooks: async ({ url }) => {
        webhooks.push(new URL(url).pathname);
        return Response.json({}, { status: 202 });
      },
    },
  });
});
afterAll(() => gateway.close());
beforeEach(() => void webhooks.splice(0));

const preflight = (origin: string) =>
  gateway.send("/graphql", {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,x-tenant-id",
    },
  });
const ask = (origin: string) =>
  gateway.ask("{ price }", { headers: { origin } }).then(({ headers, data }) => ({ headers, data }));

describe("a page of another origin", () => {
  it.each([DASHBOARD, STATUS])(
    "is let in with credentials when its origin is configured: %s",
    async (origin) => {
      const asked = await preflight(origin);
      expect(asked.status).toBe(204);
      expect(Object.fromEntries(asked.headers)).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "content-type,x-tenant-id",
        vary: "origin",
      });
      const { headers, data } = await ask(origin);
      expect(data).toEqual({ price: 5 });
      expect(Object.fromEntries(headers)).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        vary: "origin",
      });
    },
  );

  it.each([
    "null",
    "*",
    "https://evil.example",
    "http://dashboard.example",
    "https://dashboard.example:444",
    "https://DASHBOARD.example",
    "https://dashboard.example.evil.example",
    `${DASHBOARD}, ${STATUS}`,
  ])("gets no header when its origin is not exactly a configured one: %s", async (origin) => {
    for (const { headers } of [await preflight(origin), await ask(origin)]) {
      expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
      expect(headers.get("vary")).toBe("origin");
    }
  });
});

describe("the configuration", () => {
  const read = (origins: string) => readGatewayConfig({ CORS_ORIGINS: origins }).CORS_ORIGINS;

  it("takes exact origins", () => {
    expect(read(`${DASHBOARD}, http://localhost:3000`)).toEqual([DASHBOARD, "http://localhost:3000"]);
  });

  it.each([
    "*",
    "null",
    "https://*.example",
    `${DASHBOARD}/`,
    "dashboard.example",
    "https://a.example/path",
    "HTTPS://a.example",
  ])("refuses what is no exact origin: %s", (origin) => {
    expect(() => read(`${DASHBOARD},${origin}`)).toThrow("CORS_ORIGINS");
  });
});

// As it is written: a client that resolves dots would hide them.
function post(path: string, method = "POST"): Promise<number> {
  const { hostname, port } = new URL(gateway.url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path, method }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on("error", reject).end();
  });
}

describe("what goes on to the alerts service", () => {
  it.each(["/webhooks/Abc_-9", "/webhooks/Abc_-9?x=/../graphql"])(
    "is a webhook with its token: %s",
    async (path) => {
      expect(await post(path)).toBe(202);
      expect(webhooks).toEqual(["/webhooks/Abc_-9"]);
    },
  );

  it.each([
    "/webhooks/../graphql",
    "/webhooks/%2e%2e/graphql",
    "/webhooks/..%2fgraphql",
    "/webhooks/x/../../tocsin.alerts.v1.AlertRouteService/FindRoutesUsing",
    "/webhooks/a/b",
    "/webhooks/a\\b",
    "/webhooks//a",
  ])("is nothing else: %s", async (path) => {
    expect([404, 405, 415]).toContain(await post(path));
    expect(webhooks).toEqual([]);
  });
});

describe("every answer", () => {
  it.each(["/graphql", "/healthz", "/readyz", "/nowhere", "/webhooks/abc"])(
    "is of the type that it says it is: %s",
    async (path) => {
      expect((await gateway.send(path)).headers.get("x-content-type-options")).toBe("nosniff");
    },
  );

  it("counts by a closed set of methods and paths, whatever is asked for", async () => {
    const odd = METHODS.filter((method) => !["CONNECT", "GET", "HEAD", "POST", "OPTIONS"].includes(method));
    const refused =
      /http_request_duration_seconds_count\{method="other",route="\/graphql",status="405"\} (\d+)/;
    const counted = async () => Number(refused.exec(await metricsText())?.[1] ?? 0);
    const before = await counted();
    for (const method of odd) {
      await post(`/odd-${method}`, method);
      await post(`/odd-${method}`, "OPTIONS");
      await post("/graphql", method);
    }
    const text = await metricsText();
    expect(text).not.toContain("odd-");
    for (const method of odd) expect(text).not.toContain(`"${method}"`);
    expect((await counted()) - before).toBe(odd.length);
  });
});
