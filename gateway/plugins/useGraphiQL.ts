import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { GatewayPlugin } from "../context.ts";

/** Serves the explorer to browsers at / and at the endpoint: one page with everything in it, nothing from other servers. */
export function useGraphiQL({ endpoint, title }: { endpoint: string; title: string }): GatewayPlugin {
  let page: string | undefined;
  return {
    onRequest({ request, url, endResponse, fetchAPI }) {
      if (request.method !== "GET" || !request.headers.get("accept")?.includes("text/html")) return;
      if (url.pathname !== "/" && url.pathname !== endpoint) return;
      if (url.searchParams.has("query") && request.headers.get("sec-fetch-dest") !== "document") return;
      page ??= renderGraphiQL({ endpoint, title, defaultQuery: WELCOME });
      endResponse(new fetchAPI.Response(page, { headers: HEADERS }));
    },
  };
}

const WELCOME =
  '# Sign in with a token: Headers, below, takes {"authorization": "Bearer …"}\n\nquery {\n  __typename\n}\n';

const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "worker-src blob:",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "font-src data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY.join("; "),
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
