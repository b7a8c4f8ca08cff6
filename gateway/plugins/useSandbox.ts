import { SANDBOX } from "../explorer/explorerPage.ts";
import type { GatewayPlugin } from "../context.ts";

/** Lets pages of Apollo Sandbox ask this endpoint, without cookies. For development: it is off in production. */
export function useSandbox(): GatewayPlugin {
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      if (request.method !== "OPTIONS" || request.headers.get("origin") !== SANDBOX) return;
      endResponse(new fetchAPI.Response(null, { status: 204, headers: preflight(request.headers) }));
    },
    onResponse({ request, response }) {
      // Whoever asks is told that the answer depends on it: a cache must not give one page what is another's.
      response.headers.append("vary", "origin");
      if (request.headers.get("origin") !== SANDBOX) return;
      for (const [name, value] of Object.entries(ALLOWED)) response.headers.set(name, value);
    },
  };
}

const ALLOWED = {
  "access-control-allow-origin": SANDBOX,
  "access-control-expose-headers": "x-trace-id",
};

function preflight(asked: Headers): Record<string, string> {
  return {
    ...ALLOWED,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": asked.get("access-control-request-headers") ?? "content-type",
    "access-control-max-age": "600",
    // A page of the web that asks a server on this machine: https://wicg.github.io/private-network-access/
    ...(asked.get("access-control-request-private-network") === "true" && {
      "access-control-allow-private-network": "true",
    }),
  };
}
