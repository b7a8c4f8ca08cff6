import type { Log } from "#shared/log/log.ts";
import { metricsContentType, metricsText } from "#shared/telemetry/metrics.ts";
import { listen, pathOf, type HttpServer } from "./server.ts";

/** Serves /metrics on an address of its own, which can be kept from clients of the API. */
export function serveMetrics({
  port,
  host,
  log,
  text = metricsText,
}: MetricsServerOptions): Promise<HttpServer> {
  return listen({
    port,
    host,
    log,
    paths: ["/metrics"],
    routes: (request) => (pathOf(request) === "/metrics" ? answer(text) : null),
    ready: async () => ({}),
    drainSeconds: 0,
  });
}

/** Where metrics are served. */
export interface MetricsServerOptions {
  readonly port: number;
  readonly host: string;
  readonly log: Log;
  /** What is told, in the text form Prometheus scrapes: everything counted in this process, unless given. */
  readonly text?: () => Promise<string>;
}

async function answer(text: () => Promise<string>): Promise<Response> {
  return new Response(await text(), { headers: { "content-type": metricsContentType } });
}
