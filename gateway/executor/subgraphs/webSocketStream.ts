import { createClient, type Client, type SubscribePayload } from "graphql-ws";
import { WebSocket } from "ws";
import { SubgraphFailure, type SubgraphEvent, type SubgraphRequest } from "../contract.ts";

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
  const waiting = openQueue();
  const client = clientOf(options, request, waiting);
  const { query, operationName, variables } = request;
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
  waiting: Queue,
): Client {
  let unanswered: NodeJS.Timeout | undefined;
  const answered = () => {
    clearTimeout(unanswered);
    unanswered = undefined;
  };
  return createClient({
    url,
    connectionParams: headers,
    retryAttempts: 0,
    lazyCloseTimeout: 0,
    keepAlive: pingMilliseconds,
    connectionAckWaitTimeout: connectTimeoutMilliseconds,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocol: string) {
        const limits = { maxPayload: mostMessageBytes, handshakeTimeout: connectTimeoutMilliseconds };
        super(address, protocol, { headers, ...limits });
        waiting.pausing(this);
      }
    },
    on: {
      ping(isReceived) {
        if (isReceived || waiting.isPaused()) return;
        answered();
        unanswered = setTimeout(() => {
          if (!waiting.isPaused())
            waiting.end(new SubgraphFailure("timeout", "does not answer on its socket"));
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

/** Events on their way from a socket to whoever takes them. */
interface Queue {
  put(event: SubgraphEvent): void;
  /** Ends with a last event, with a failure, or with neither. */
  end(last: SubgraphEvent | SubgraphFailure | null): void;
  take(): Promise<SubgraphEvent | null>;
  /** The socket that is not read from while too much waits. */
  pausing(socket: WebSocket): void;
  isPaused(): boolean;
}

/** How many events may wait before no more are read, about: those of what has been read already come on top. */
const MOST_WAITING = 16;

function openQueue(): Queue {
  const events: SubgraphEvent[] = [];
  let over: SubgraphEvent | SubgraphFailure | null | undefined;
  let wake = () => {};
  let socket: WebSocket | undefined;
  return {
    put(event) {
      events.push(event);
      if (events.length >= MOST_WAITING) socket?.pause();
      wake();
    },
    end(last) {
      if (over === undefined) over = last;
      wake();
    },
    async take() {
      for (;;) {
        // What has gone wrong does not wait for what nobody took.
        if (over instanceof SubgraphFailure) throw over;
        const event = events.shift();
        if (event) {
          if (events.length < MOST_WAITING / 2 && socket?.isPaused) socket.resume();
          return event;
        }
        if (over !== undefined) {
          const last = over;
          over = null;
          return last;
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    pausing: (one) => void (socket = one),
    isPaused: () => socket?.isPaused ?? false,
  };
}
