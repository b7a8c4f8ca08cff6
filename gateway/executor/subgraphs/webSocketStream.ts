import { createClient, type Client, type SubscribePayload } from "graphql-ws";
import { WebSocket } from "ws";
import { losslessReviver, parseLossless } from "#shared/graphql/losslessJson.ts";
import { SubgraphFailure, type SubgraphEvent, type SubgraphRequest } from "../contract.ts";
import { openEventQueue, type EventQueue } from "./eventQueue.ts";

/** How many events may wait before no more are read, about: those of what has been read already come on top. */
const MOST_WAITING = 16;

/** How a subgraph's subscriptions are followed over WebSockets. */
export interface WebSocketOptions {
  /** ws: or wss:. */
  readonly url: string;
  /** The largest message taken, in bytes. */
  readonly mostMessageBytes: number;
  readonly connectTimeoutMilliseconds: number;
  /** How often a ping goes out; a subgraph that has not answered one by the next is frozen. */
  readonly pingMilliseconds: number;
}

/**
 * Follows a subscription over a WebSocket of its own that speaks graphql-transport-ws, with the request's headers at the upgrade and in
 * connection_init. Throws SubgraphFailure when there is no connection, or it ends before the subscription does, and when pings are not
 * answered. While many events wait to be taken none is read.
 */
export async function* webSocketEvents(
  options: WebSocketOptions,
  request: SubgraphRequest,
): AsyncGenerator<SubgraphEvent, void> {
  const { cancellation } = request;
  const reading = readingOf();
  const waiting = openEventQueue(reading.onWaiting);
  const client = clientOf(options, request, { reading, end: waiting.end });
  const { query, operationName, variablesText } = request;
  const variables = parseLossless(variablesText) as Record<string, unknown>;
  const asked: SubscribePayload = { query, variables, ...(operationName !== undefined && { operationName }) };
  const stop = client.subscribe(asked, {
    next: (event) => waiting.put(event as SubgraphEvent),
    error: (reason) => waiting.end(Array.isArray(reason) ? { errors: reason } : failureOf(reason)),
    complete: () => waiting.end(null),
  });
  cancellation.on(waiting.end);
  try {
    for (let next = await waiting.take(); next; next = await waiting.take()) yield next;
  } finally {
    cancellation.off(waiting.end);
    stop();
    client.terminate();
  }
}

function clientOf(
  { url, mostMessageBytes, connectTimeoutMilliseconds, pingMilliseconds }: WebSocketOptions,
  { headers }: SubgraphRequest,
  { reading, end }: { readonly reading: Reading; readonly end: EventQueue["end"] },
): Client {
  let unanswered: NodeJS.Timeout | undefined;
  const answered = () => {
    clearTimeout(unanswered);
    unanswered = undefined;
  };
  return createClient({
    url,
    connectionParams: headers,
    jsonMessageReviver: losslessReviver,
    retryAttempts: 0,
    lazyCloseTimeout: 0,
    keepAlive: pingMilliseconds,
    connectionAckWaitTimeout: connectTimeoutMilliseconds,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocol: string) {
        const limits = { maxPayload: mostMessageBytes, handshakeTimeout: connectTimeoutMilliseconds };
        super(address, protocol, { headers, ...limits });
        reading.of(this);
      }
    },
    on: {
      ping(isReceived) {
        if (isReceived || reading.isPaused()) return;
        answered();
        unanswered = setTimeout(() => {
          if (!reading.isPaused()) end(new SubgraphFailure("timeout", "does not answer on its socket"));
        }, pingMilliseconds);
      },
      pong: (isReceived) => isReceived && answered(),
      // A pong may come after much else.
      message: () => void unanswered?.refresh(),
      closed: answered,
    },
  });
}

function failureOf(cause: unknown): SubgraphFailure {
  const { code, reason } = (cause ?? {}) as { readonly code?: unknown; readonly reason?: unknown };
  const message =
    typeof code === "number" ? `closed its socket with ${code}: ${String(reason)}` : "has no socket";
  return new SubgraphFailure("unreachable", message, { cause });
}

/** A socket that is not read from while too much of what it told waits. */
interface Reading {
  of(socket: WebSocket): void;
  onWaiting(count: number): void;
  isPaused(): boolean;
}

function readingOf(): Reading {
  let socket: WebSocket | undefined;
  return {
    of: (one) => void (socket = one),
    onWaiting(count) {
      if (count >= MOST_WAITING) socket?.pause();
      else if (count < MOST_WAITING / 2 && socket?.isPaused) socket.resume();
    },
    isPaused: () => socket?.isPaused ?? false,
  };
}
