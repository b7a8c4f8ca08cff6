import { request as send } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestLog } from "../support/testLog.ts";
import { listen, type HttpServer } from "#shared/http/server.ts";
import { forwardWebhooks } from "../../gateway/webhooks.ts";
import { createHttpSource } from "../support/demo.ts";
import { createWorld, type World } from "../support/world.ts";

// Over sockets, from the gateway to alerts in another process: what is refused early must still be heard.

let world: World;
let servers: HttpServer[];
let webhook: string;

beforeAll(async () => {
  world = await createWorld();
  const log = createTestLog();
  const parts = { port: 0, host: "127.0.0.1", ready: async () => ({}), log };
  const alerts = await listen({ ...parts, routes: world.tocsin.subgraph("alerts")!.routes });
  const gateway = await listen({ ...parts, routes: forwardWebhooks({ url: alerts.url, log }) });
  servers = [gateway, alerts];
  const tenant = await world.tenant("acme");
  webhook = gateway.url + (await createHttpSource(tenant.admin.ask, "Monitoring")).webhook;
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await world.close();
});

/** Posts over a connection of its own; `announced` says whether the length is told before. */
function post(body: Uint8Array, headers: Record<string, string> = {}, announced = true) {
  const length = announced ? { "content-length": String(body.length) } : {};
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = send(
      webhook,
      { method: "POST", agent: false, headers: { ...headers, ...length } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

const alerts = (megabytes: number) =>
  Buffer.from(
    JSON.stringify(
      Array.from({ length: 1_000 }, (_, index) => ({
        title: `Alert ${index}`,
        more: "x".repeat(megabytes * 1_000),
      })),
    ),
  );

it.each([true, false])(
  "passes on 9 MB, as it is and as gzip, its length announced or not: %s",
  async (announced) => {
    for (const [body, headers] of [
      [alerts(9), {}],
      [gzipSync(alerts(9)), { "content-encoding": "gzip" }],
    ] as const) {
      const { status, text } = await post(body, headers, announced);
      expect([status, (JSON.parse(text) as { accepted: string[] }).accepted.length]).toEqual([202, 1_000]);
    }
  },
);

it.each([true, false])(
  "answers 413 to 30 MB before all of it has come, its length announced or not: %s",
  async (announced) => {
    const { status, text } = await post(alerts(30), {}, announced);
    expect([status, text]).toEqual([413, expect.stringContaining("BODY_TOO_LARGE")]);
  },
);

it("tells when to try again while alerts is away", async () => {
  const webhooks = forwardWebhooks({
    url: "http://127.0.0.1:9",
    log: createTestLog(),
  });
  const answer = await webhooks(new Request("http://localhost/webhooks/t", { method: "POST", body: "{}" }));
  expect([answer.status, Number(answer.headers.get("retry-after"))]).toEqual([503, expect.any(Number)]);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
});
