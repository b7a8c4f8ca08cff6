import type { Log } from "#shared/log/log.ts";
import { errorResponse } from "#shared/errors/exposed.ts";
import { injectTrace } from "#shared/telemetry/telemetry.ts";
import { exposed, messages } from "./errors.ts";
import { withoutInternal } from "./headers.ts";

/** Passes a webhook on: the body as it streams in, the answer as it streams out, and no header that only services may send. */
export type Webhooks = (request: Request) => Promise<Response>;

/** Passes webhooks on to a service over HTTP; one that cannot be reached is answered 503, which senders try again. */
export function forwardWebhooks({ url, log }: { url: string; log: Log }): Webhooks {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    try {
      const answer = await fetch(new URL(`${pathname}${search}`, url), {
        method: request.method,
        headers: injectTrace(withoutInternal(request.headers)),
        body: request.body,
        redirect: "manual",
        signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
        ...({ duplex: "half" } as object),
      });
      return new Response(answer.body, { status: answer.status, headers: answerHeaders(answer.headers) });
    } catch (error) {
      const refused = exposed("SERVICE_UNAVAILABLE", `forwarding a webhook: ${error}`, { service: "Alerts" });
      return errorResponse(refused, { log, messages });
    }
  };
}

/** Passes webhooks on within this process. */
export function webhooksInProcess(handle: (request: Request) => Promise<Response>): Webhooks {
  return (request) => {
    const init = { method: request.method, headers: withoutInternal(request.headers), body: request.body, duplex: "half" };
    return handle(new Request(request.url, init as RequestInit));
  };
}

const TIMEOUT_MS = 30_000;

// fetch has undone the encoding already, and the length was that of the encoded body.
function answerHeaders(headers: Headers): Headers {
  const kept = withoutInternal(headers);
  kept.delete("content-encoding");
  kept.delete("content-length");
  return kept;
}
