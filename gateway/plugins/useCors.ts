import type { HttpPlugin } from "../context.ts";
import { SANDBOX } from "../explorer/explorerPage.ts";

/** Which pages of other origins may ask: exact origins with cookies, and Apollo Sandbox, without, where it is allowed. */
export interface CorsOptions {
  readonly origins: readonly string[];
  /** For development: it is off in production. */
  readonly sandbox: boolean;
}

/**
 * Cross-origin resource sharing (https://fetch.spec.whatwg.org/#http-cors-protocol): a page whose origin is exactly one of these is
 * allowed, any other gets no header at all, and every answer says that it depends on the origin, so that no cache gives one page
 * what is another's.
 */
export function useCors({ origins, sandbox }: CorsOptions): HttpPlugin {
  const allowed = new Map<string | null, Record<string, string>>();
  if (sandbox) allowed.set(SANDBOX, allow(SANDBOX));
  for (const origin of origins)
    allowed.set(origin, { ...allow(origin), "access-control-allow-credentials": "true" });
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (request.method !== "OPTIONS" || !allowed.has(request.headers.get("origin"))) return;
      endResponse(new fetchAPI.Response(null, { status: 204, headers: preflight(request.headers) }));
    },
    onResponse({ request, response }) {
      response.headers.append("vary", "origin");
      const headers = allowed.get(request.headers.get("origin"));
      for (const name in headers) response.headers.set(name, headers[name] as string);
    },
  };
}

function allow(origin: string): Record<string, string> {
  return { "access-control-allow-origin": origin, "access-control-expose-headers": "x-trace-id" };
}

function preflight(asked: Headers): Record<string, string> {
  return {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": asked.get("access-control-request-headers") ?? "content-type",
    "access-control-max-age": "600",
    // A page of the web that asks a server on this machine: https://wicg.github.io/private-network-access/
    ...(asked.get("access-control-request-private-network") === "true" && {
      "access-control-allow-private-network": "true",
    }),
  };
}
