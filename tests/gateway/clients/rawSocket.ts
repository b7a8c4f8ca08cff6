import { once } from "node:events";
import { WebSocket, type ClientOptions } from "ws";

/** One message of the protocol. */
export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** The end of a socket. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A socket on which a story says exactly what it wants. */
export interface RawSocket {
  readonly socket: WebSocket;
  /** The answer to the upgrade, when that was refused; null when it was not. */
  readonly refused: Promise<number | null>;
  readonly closed: Promise<Closed>;
  say(message: Message): void;
  /** The next message, pings of the protocol aside. */
  next(): Promise<Message>;
  /** Says connection_init and waits for the ack. */
  begin(payload?: Record<string, unknown>): Promise<void>;
  /** Subscribes with this query under an id. */
  subscribe(id: string, query: string): void;
}

/** Opens a socket that speaks graphql-transport-ws, by default. */
export function rawSocket(url: string, options: ClientOptions = {}): RawSocket {
  const socket = new WebSocket(url, "graphql-transport-ws", options);
  const heard: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  const opened = once(socket, "open").catch(() => undefined);
  socket.on("error", () => undefined);
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString("utf8")) as Message;
    const resolve = waiting.shift();
    if (resolve) resolve(message);
    else heard.push(message);
  });
  const next = (): Promise<Message> => {
    const first = heard.shift();
    return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
  };
  const say = (message: Message) => socket.send(JSON.stringify(message));
  return {
    socket,
    say,
    next,
    closed: new Promise((resolve) =>
      socket.once("close", (code, reason) => resolve({ code, reason: String(reason) })),
    ),
    refused: new Promise((resolve) => {
      socket.once("unexpected-response", (request, response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      socket.once("open", () => resolve(null));
    }),
    async begin(payload) {
      await opened;
      say({ type: "connection_init", ...(payload && { payload }) });
      const { type } = await next();
      if (type !== "connection_ack") throw new Error(`Heard ${type} in place of an ack`);
    },
    subscribe: (id, query) => say({ id, type: "subscribe", payload: { query } }),
  };
}
