import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { handleProtocols } from "graphql-ws";
import { WebSocketServer } from "ws";
import type { Upgrades } from "#shared/http/server.ts";
import { openConversations } from "./webSocketConversation.ts";
import { isForeign } from "./webSocketRequest.ts";
import type { WebSocketOptions } from "./webSocketOptions.ts";

/**
 * Speaks graphql-transport-ws at `path`. Each operation on a socket becomes a request to `answer`, with the credentials of
 * connection_init or else those of the upgrade, so that it goes through everything that a request over HTTP goes through. Pages of
 * origins that may not call over HTTP are refused here, too.
 */
export function openWebSockets(options: WebSocketOptions): Upgrades {
  const { path, config, log } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: config.LIMIT_BODY_BYTES,
    handleProtocols,
    clientTracking: false,
  });
  const conversations = openConversations(options);
  const perAddress = new Map<string, number>();
  return {
    wants: (request) => isWebSocket(request) && pathOf(request) === path,
    take(request, socket, head) {
      socket.on("error", (error) => log.debug({ err: error }, "A socket failed"));
      if (isForeign(request, config)) return refuse(socket, FOREIGN);
      const { remoteAddress: address = "unknown" } = request.socket;
      const count = (perAddress.get(address) ?? 0) + 1;
      if (count > config.LIMIT_SOCKETS_PER_ADDRESS) return refuse(socket, TOO_MANY);
      perAddress.set(address, count);
      socket.once("close", () => {
        const left = (perAddress.get(address) ?? 1) - 1;
        if (left > 0) perAddress.set(address, left);
        else perAddress.delete(address);
      });
      server.handleUpgrade(request, socket, head, (webSocket) => conversations.begin(webSocket, request));
    },
    close: (seconds) => conversations.close(seconds),
  };
}

function isWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}

function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}

const FOREIGN = { status: "403 Forbidden", why: "Pages of this origin may not call this server.\n" };
const TOO_MANY = { status: "429 Too Many Requests", why: "There are too many sockets from this address.\n" };

function refuse(socket: Duplex, { status, why }: typeof FOREIGN): void {
  const headers = `content-type: text/plain\r\nx-content-type-options: nosniff\r\ncontent-length: ${why.length}`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\nconnection: close\r\n\r\n${why}`);
}
