import { Readable } from "node:stream";
import { Pool } from "undici";
import type { SubgraphFailure, DataSource, SubgraphRequest } from "../contract.ts";
import { AnswerHandler, type OnFailure } from "./answerHandler.ts";
import { ACCEPT_ENCODING } from "./contentCoding.ts";
import { textOf } from "./bodies.ts";
import { callbackEvents, type Callbacks } from "./callbackStream.ts";
import { multipartRequest } from "./multipartRequest.ts";
import { eventsOf, type StreamOptions } from "./eventStream.ts";
import { webSocketEvents } from "./webSocketStream.ts";
import { readAnswer } from "./subgraphAnswer.ts";

export interface HttpDataSourceOptions {
  readonly connections?: number;
  readonly connectTimeoutMilliseconds?: number;
  /** The longest answer taken, in bytes, once it is decoded. */
  readonly mostAnswerBytes?: number;
  /** How long nothing may come on a stream before it is asked whether the subgraph is there at all. */
  readonly silenceMilliseconds?: number;
  /** Speaks HTTP/2: as ALPN agrees on over TLS, and with prior knowledge (h2c) without. */
  readonly http2?: boolean;
  /** How subscriptions are followed; as server-sent events when left out. */
  readonly subscriptions?: SubscriptionTransport | undefined;
}

/**
 * A way to follow subscriptions other than server-sent events: a WebSocket, at another path than the rest if need be, or calls that the
 * subgraph makes.
 */
export type SubscriptionTransport =
  | { readonly protocol: "websocket"; readonly path?: string | undefined }
  | { readonly protocol: "callback"; readonly callbacks: Callbacks };

const CONNECT_FAILURES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

// Of a connection that is closed while an answer is waited for: as when a subgraph closes one it kept open just as it is used again.
const CLOSED: ReadonlySet<string> = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/**
 * A subgraph over HTTP: one keep-alive pool, no request objects in between. A query that finds no connection, or whose connection is
 * closed before anything of an answer came, is asked once more.
 */
export function httpDataSource(url: string, options: HttpDataSourceOptions = {}): DataSource {
  const {
    connections = 64,
    connectTimeoutMilliseconds = 2_000,
    mostAnswerBytes = 16 * 1024 * 1024,
    silenceMilliseconds = 15_000,
    http2 = false,
    subscriptions,
  } = options;
  const { origin, pathname, search } = new URL(url);
  // Deadlines are the request's own; these would only cut short a stream or a long query.
  const shared = { connect: { timeout: connectTimeoutMilliseconds }, headersTimeout: 0, bodyTimeout: 0 };
  const pool = new Pool(origin, { ...shared, connections, pipelining: 1, ...protocolOf(origin, http2) });
  // Streams stay open: they must not take the places of requests.
  const streams = new Pool(origin, { ...shared, ...protocolOf(origin, http2) });
  const path = pathname + search;
  const isAlive = (headers: Record<string, string>, patience: number, isWell: IsWell) =>
    answersAtOnce(streams, path, headers, patience, isWell);
  const streaming: StreamOptions = {
    pool: streams,
    path,
    mostAnswerBytes,
    silenceMilliseconds,
    isThere: ({ headers }) =>
      isAlive(headers, Math.min(silenceMilliseconds, STREAM_PATIENCE_MILLISECONDS), isNoDeadEnd),
  };
  return {
    honorsCancellation: true,
    execute: (request) =>
      new Promise((resolve, reject) => {
        const files = request.uploads && multipartRequest(request, request.uploads);
        const post = (onFailure: OnFailure) => {
          const handler = new AnswerHandler(request, mostAnswerBytes, resolve, onFailure);
          const body = files ? Readable.from(files.body) : request.bodyText;
          const headers = headersOf(request, files?.headers ?? JSON_BODY);
          pool.dispatch({ path, method: "POST", headers, body }, handler);
        };
        post((failure, hasBegun) => {
          // A file has gone by then.
          if (hasBegun || files || !isRetryable(request, failure)) return reject(failure);
          // Of several connections closed at once, all are known to be by then.
          setImmediate(() => post(reject));
        });
      }),
    subscribe: subscribing(streaming, subscriptions, { origin, connectTimeoutMilliseconds }),
    isThere: ({ headers }) => isAlive(headers, PATIENCE_MILLISECONDS, isSensible),
    close: async () => void (await Promise.all([pool.destroy(), streams.destroy()])),
  };
}

function subscribing(
  streaming: StreamOptions,
  transport: SubscriptionTransport | undefined,
  { origin, connectTimeoutMilliseconds }: { origin: string; connectTimeoutMilliseconds: number },
): NonNullable<DataSource["subscribe"]> {
  const { pool, path, mostAnswerBytes, silenceMilliseconds } = streaming;
  if (transport?.protocol === "websocket") {
    const url = new URL(transport.path ?? path, origin.replace(/^http/, "ws")).href;
    const times = { connectTimeoutMilliseconds, pingMilliseconds: silenceMilliseconds };
    return (request) => webSocketEvents({ url, mostMessageBytes: mostAnswerBytes, ...times }, request);
  }
  if (transport?.protocol === "callback") {
    const { callbacks } = transport;
    return (request) => callbackEvents({ pool, path, callbacks, mostBytes: mostAnswerBytes }, request);
  }
  return (request) => eventsOf(streaming, request);
}

/** How many requests are under way on one connection of HTTP/2, and how many connections there are. */
const STREAMS = 100;
const HTTP2_CONNECTIONS = 4;

function protocolOf(origin: string, http2: boolean): Pool.Options {
  if (!http2) return { allowH2: false };
  const streams = { connections: HTTP2_CONNECTIONS, pipelining: STREAMS, maxConcurrentStreams: STREAMS };
  return { ...streams, allowH2: true, ...(origin.startsWith("http:") && { useH2c: true }) };
}

type IsWell = (status: number, text: string) => boolean;

// Not by the pool of requests, whose connections may all wait for something heavy.
async function answersAtOnce(
  pool: Pool,
  path: string,
  headers: Record<string, string>,
  patienceMilliseconds: number,
  isWell: IsWell,
): Promise<boolean> {
  const body = '{"query":"{ __typename }"}';
  const signal = AbortSignal.timeout(patienceMilliseconds);
  try {
    const asked = { ...headers, "content-type": "application/json" };
    const response = await pool.request({ path, method: "POST", headers: asked, body, signal });
    return isWell(response.statusCode, await textOf(response.body, MOST_BYTES));
  } catch {
    return false;
  }
}

const MOST_BYTES = 64 * 1024;
const PATIENCE_MILLISECONDS = 1_000;
const STREAM_PATIENCE_MILLISECONDS = 5_000;

// One that lets nobody in with these headers, or takes no more for now, is there.
function isSensible(status: number, text: string): boolean {
  if (status >= 400 && status < 500) return true;
  readAnswer({ status, text }, "");
  return status < 500;
}

// Whatever else it answers, even that it lets nobody in, a subgraph that answers is not frozen; unless a proxy answers in its place.
function isNoDeadEnd(status: number): boolean {
  return status < 502 || status > 504;
}

function isRetryable({ operationKind, cancellation }: SubgraphRequest, { cause }: SubgraphFailure): boolean {
  if (operationKind !== "query" || cancellation.reason) return false;
  if (!(cause instanceof Error && "code" in cause)) return false;
  return CONNECT_FAILURES.has(String(cause.code)) || CLOSED.has(String(cause.code));
}

const JSON_BODY: readonly string[] = ["content-type", "application/json"];

function headersOf(request: SubgraphRequest, ofBody: readonly string[]): string[] {
  const headers = [
    ...ofBody,
    "accept",
    "application/graphql-response+json, application/json",
    "accept-encoding",
    ACCEPT_ENCODING,
  ];
  for (const name in request.headers) headers.push(name, request.headers[name] as string);
  return headers;
}
