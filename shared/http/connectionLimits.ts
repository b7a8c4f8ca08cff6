import type { Server } from "node:http";
import type { Socket } from "node:net";
import { counter } from "#shared/telemetry/metrics.ts";

/** How many connections there may be, and what may wait on them for somebody to read it. */
export interface ConnectionLimits {
  readonly connections: number;
  /** From one address; a proxy in front is one. */
  readonly connectionsPerAddress: number;
  /** What waits on one connection, in bytes. */
  readonly unsentBytes: number;
  /** What waits on all of them. */
  readonly unsentBytesInAll: number;
  /** How long an answer may wait while nothing of it is taken. */
  readonly stalledSeconds: number;
  /** The slowest that an answer may be taken, counted from when it began to wait. */
  readonly bytesPerSecond: number;
}

/** The defaults. */
export const connectionLimits: ConnectionLimits = {
  connections: 10_000,
  connectionsPerAddress: 1_000,
  unsentBytes: 32 * 1024 * 1024,
  unsentBytesInAll: 128 * 1024 * 1024,
  stalledSeconds: 20,
  bytesPerSecond: 16 * 1024,
};

/** Ends connections that are too many, and those whose answers are not read: what waits for a reader is memory. */
export function limitConnections(server: Server, limits: ConnectionLimits): void {
  const unread = new Map<Socket, Waiting>();
  const counts = new Map<string, number>();
  const open = new Set<Socket>();
  server.on("connection", (socket) => {
    const { remoteAddress: address = "unknown" } = socket;
    const count = (counts.get(address) ?? 0) + 1;
    if (count > limits.connectionsPerAddress || open.size >= limits.connections) {
      ended.inc({ reason: "too many" });
      return void socket.destroy();
    }
    open.add(socket);
    counts.set(address, count);
    socket.once("close", () => {
      open.delete(socket);
      unread.delete(socket);
      const left = (counts.get(address) ?? 1) - 1;
      if (left > 0) counts.set(address, left);
      else counts.delete(address);
    });
  });
  const look = setInterval(() => endUnread(open, unread, limits), LOOK_MILLISECONDS);
  look.unref();
  server.once("close", () => clearInterval(look));
}

const LOOK_MILLISECONDS = 250;

const ended = counter(
  "http_connections_ended_total",
  "Connections that were ended, or not taken, by the limit",
  ["reason"],
);

/** Since when something has waited on a connection without a break, and how much was on its way before. */
interface Waiting {
  readonly since: number;
  readonly takenBefore: number;
}

function endUnread(open: ReadonlySet<Socket>, unread: Map<Socket, Waiting>, limits: ConnectionLimits): void {
  const now = performance.now();
  let inAll = 0;
  for (const socket of open) {
    const { writableLength: waits, bytesWritten } = socket;
    const since = unread.get(socket) ?? { since: now, takenBefore: bytesWritten - waits };
    if (waits === 0) {
      // Unless the server waits for the next request on it by now.
      if (unread.delete(socket) && socket.timeout === limits.stalledSeconds * 1_000) socket.setTimeout(0);
      continue;
    }
    if (!unread.has(socket)) endWhenStalled(socket, limits);
    unread.set(socket, since);
    inAll += waits;
    if (waits > limits.unsentBytes) end(socket, "unread");
    else if (isTooSlow(since, socket, now, limits)) end(socket, "slow");
  }
  if (inAll > limits.unsentBytesInAll) endLargest(unread, inAll, limits);
}

// The platform sees whether anything of a write was taken since it last looked, of which nothing else shows.
function endWhenStalled(socket: Socket, { stalledSeconds }: ConnectionLimits): void {
  socket.setTimeout(stalledSeconds * 1_000);
  if (stalling.has(socket)) return;
  stalling.add(socket);
  socket.on("timeout", () => socket.writableLength > 0 && end(socket, "stalled"));
}

const stalling = new WeakSet<Socket>();

// Of an answer that is written at once nothing shows until all of it is taken, so a reader has the time that all of it may take.
function isTooSlow(
  { since, takenBefore }: Waiting,
  { bytesWritten }: Socket,
  now: number,
  { bytesPerSecond, stalledSeconds }: ConnectionLimits,
): boolean {
  return (now - since) / 1_000 > stalledSeconds + (bytesWritten - takenBefore) / bytesPerSecond;
}

function endLargest(
  unread: ReadonlyMap<Socket, Waiting>,
  inAll: number,
  { unsentBytesInAll }: ConnectionLimits,
): void {
  let left = inAll;
  for (const socket of [...unread.keys()].sort((a, b) => b.writableLength - a.writableLength)) {
    if (left <= unsentBytesInAll) return;
    left -= socket.writableLength;
    end(socket, "unread in all");
  }
}

function end(socket: Socket, reason: string): void {
  ended.inc({ reason });
  socket.destroy();
}
