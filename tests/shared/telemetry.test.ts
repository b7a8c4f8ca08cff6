import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  continueTrace,
  currentTrace,
  injectTrace,
  span,
  startTelemetry,
} from "#shared/telemetry/telemetry.ts";

// What a collector receives, over HTTP as it is configured.

interface Received {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: {
      spans: {
        name: string;
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        status: { code: number };
      }[];
    }[];
  }[];
}

const received: { url: string | undefined; body: Received }[] = [];
const collector = createServer((request, response) => {
  void json(request).then((body) => {
    received.push({ url: request.url, body: body as Received });
    response.end("{}");
  });
});
let endpoint: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`;
});
afterAll(() => void collector.close());

const CALLER = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };

it("sends spans with their service, in the trace of whoever called, and what is called within them; the rest when it stops", async () => {
  const stop = await startTelemetry({ service: "alerts", endpoint });
  const told: Record<string, string> = {};
  await continueTrace(CALLER, () =>
    span("outer", {}, async () => {
      await Promise.resolve();
      await expect(
        span("inner", { of: "outer" }, async () => {
          await Promise.resolve();
          injectTrace(told);
          throw new Error("It broke");
        }),
      ).rejects.toThrow("It broke");
    }),
  );
  await stop();

  expect(received.map(({ url }) => url)).toEqual(["/v1/traces"]);
  const [{ resource, scopeSpans } = expect.fail("Nothing was sent")] = received[0]!.body.resourceSpans;
  expect(resource.attributes).toContainEqual({ key: "service.name", value: { stringValue: "alerts" } });
  const [inner, outer] = scopeSpans.flatMap(({ spans }) => spans);
  expect(outer).toMatchObject({
    name: "outer",
    traceId: "0af7651916cd43dd8448eb211c80319c",
    parentSpanId: "b7ad6b7169203331",
  });
  expect(inner).toMatchObject({
    name: "inner",
    traceId: outer!.traceId,
    parentSpanId: outer!.spanId,
    status: { code: 2 },
  });
  expect(told["traceparent"]).toBe(`00-${inner!.traceId}-${inner!.spanId}-01`);
});

it("names traces still when it has stopped, and sends nothing", async () => {
  await span("unsent", {}, async () => expect(currentTrace()?.traceId).toMatch(/^[0-9a-f]{32}$/));
  expect(received).toHaveLength(1);
});
