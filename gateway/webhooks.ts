import { Readable } from "node:stream";
import { Agent } from "undici";
import { errorResponse } from "#shared/errors/exposed.ts";
import type { Log } from "#shared/log/log.ts";
import { injectTrace } from "#shared/telemetry/telemetry.ts";
import { exposed, messages } from "./errors.ts";
import { withoutInternal } from "./headers.ts";

/** Passes a webhook on: its body byte for byte as it comes in, and no header that only services may send. */
export type Webhooks = (request: Request) => Promise<Response>;

/** Passes webhooks on to a service over HTTP; one that cannot be reached is answered 503, which senders try again. */
export function forwardWebhooks({ url, log }: { url: string; log: Log }): Webhooks {
  const { origin } = new URL(url);
  const agent = new Agent({
    connect: { timeout: CONNECT_MS },
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
  });
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    try {
      const answer = await agent.request({
        origin,
        path: `${pathname}${search}`,
        method: request.method,
        headers: Object.fromEntries(injectTrace(withoutInternal(request.headers))),
        body: request.body ? Readable.from(chunksOf(request.body)) : null,
        signal: request.signal,
      });
      const headers = withoutInternal(new Headers(answer.headers as Record<string, string>));
      return new Response(Readable.toWeb(answer.body) as ReadableStream, {
        status: answer.statusCode,
        headers,
      });
    } catch (error) {
      const away = exposed("SERVICE_UNAVAILABLE", `forwarding a webhook: ${String(error)}`, {
        service: "Alerts",
      });
      return errorResponse(away, { log, messages });
    }
  };
}

/** Passes webhooks on within this process. */
export function webhooksInProcess(handle: (request: Request) => Promise<Response>): Webhooks {
  return (request) => {
    const { method, body, url } = request;
    const init = { method, body, headers: withoutInternal(request.headers), duplex: "half" };
    return handle(new Request(url, init));
  };
}

const CONNECT_MS = 2_000;
const ANSWER_MS = 30_000;

// Giving up on the service must not give up on the sender: cancelling the body would close the connection it came on, before
// the sender was answered to try again.
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
