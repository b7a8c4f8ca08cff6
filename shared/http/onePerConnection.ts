import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { counter } from "#shared/telemetry/metrics.ts";

/** Handles one request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Handles what is asked on one connection one after another, as it is answered (RFC 9112, section 9.3.2): Node.js hands over every
 * request that a client pipelines as soon as it is parsed. While one waits nothing more is read, and a connection on which more than 100
 * wait is closed.
 */
export function onePerConnection(handle: RequestHandler): RequestHandler {
  const connections = new WeakMap<Socket, Connection>();
  const begin = (request: IncomingMessage, response: ServerResponse, connection: Connection): void => {
    connection.isBusy = true;
    response.once("close", () => {
      connection.isBusy = false;
      // Others come in between, also where answering takes no time at all.
      setImmediate(beginNext, connection, request.socket);
    });
    handle(request, response);
  };
  const beginNext = (connection: Connection, socket: Socket): void => {
    if (connection.isBusy || socket.destroyed) return;
    const next = connection.waiting.shift();
    if (connection.waiting.length === 0) socket.resume();
    if (next) begin(...next, connection);
  };
  return (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return;
    const connection = connections.get(socket) ?? { isBusy: false, waiting: [] };
    connections.set(socket, connection);
    if (!connection.isBusy && connection.waiting.length === 0) return begin(request, response, connection);
    socket.pause();
    connection.waiting.push([request, response]);
    if (connection.waiting.length <= MOST_WAITING) return;
    connection.waiting.length = 0;
    closed.inc();
    socket.destroy();
  };
}

const MOST_WAITING = 100;

interface Connection {
  isBusy: boolean;
  readonly waiting: [IncomingMessage, ServerResponse][];
}

const closed = counter(
  "http_pipelines_too_long_total",
  "Connections that were closed since too many requests were sent on them without waiting for answers",
);
