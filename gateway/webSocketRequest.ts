import type { IncomingMessage } from "node:http";
import { rememberAddress } from "#shared/http/server.ts";
import type { GatewayConfig } from "./config.ts";
import { SANDBOX } from "./explorer/explorerPage.ts";

/** Whether a page asks for a socket that may not call here. Browsers name a page's origin, and nothing but that protects cookies. */
export function isForeign({ headers }: IncomingMessage, config: GatewayConfig): boolean {
  const { origin } = headers;
  if (origin === undefined || config.CORS_ORIGINS.includes(origin)) return false;
  if (isSandbox(origin, config)) return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.host;
}

/**
 * The headers that an operation on a socket comes with: those of the upgrade that mean something here, over these what
 * connection_init says. Cookies and other credentials of the upgrade do not count for pages that may only ask without.
 */
export function headersOf(
  { headers }: IncomingMessage,
  params: Readonly<Record<string, unknown>>,
  config: GatewayConfig,
): Headers {
  const found = new Headers();
  const names = new Set([...CLIENT_HEADERS, ...config.FORWARD_HEADERS.map(({ name }) => name)]);
  if (config.OVERRIDE_HEADER) names.add(config.OVERRIDE_HEADER);
  const withCredentials = !isSandbox(headers.origin, config);
  for (const name of [...names, "cookie"]) {
    const value = headers[name];
    if (typeof value === "string" && withCredentials) found.set(name, value);
  }
  for (const [key, value] of Object.entries(params)) {
    const name = key.toLowerCase();
    if (names.has(name) && typeof value === "string" && isHeaderValue(value)) found.set(name, value);
  }
  return found;
}

/** An operation on a socket as the request that it would be over HTTP, answered as an event stream. */
export function requestOf(
  operation: SocketOperation,
  { headers, url, signal }: { headers: Headers; url: string; signal: AbortSignal },
  address: string | undefined,
): Request {
  const { query, operationName, variables, extensions, documentId } = operation;
  const all = new Headers(headers);
  all.set("content-type", "application/json");
  all.set("accept", "text/event-stream");
  const request = new Request(url, {
    method: "POST",
    headers: all,
    body: JSON.stringify({ query, operationName, variables, extensions, documentId }),
    signal,
  });
  if (address) rememberAddress(request, address);
  return request;
}

/** What a client sends in a subscribe message. */
export interface SocketOperation {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
  readonly documentId?: unknown;
}

const CLIENT_HEADERS = [
  "authorization",
  "x-tenant-id",
  "apollographql-client-name",
  "apollographql-client-version",
];

function isSandbox(origin: string | undefined, { NODE_ENV }: GatewayConfig): boolean {
  return NODE_ENV !== "production" && origin === SANDBOX;
}

function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
