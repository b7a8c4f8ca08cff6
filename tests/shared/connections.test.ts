import { connect, type Socket } from "node:net";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import type { ConnectionLimits } from "#shared/http/connectionLimits.ts";
import { listen, type HttpServer } from "#shared/http/server.ts";
import { metricsText } from "#shared/telemetry/metrics.ts";

// An answer of this size does not fit into what the kernel takes for a reader who takes nothing.
const ANSWER = Buffer.alloc(24 * 1024 * 1024, "x");

let server: HttpServer;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
});

async function serve(limits: Partial<ConnectionLimits>): Promise<void> {
  server = await listen({
    port: 0,
    host: "127.0.0.1",
    routes: async () => new Response(ANSWER),
    ready: async () => ({}),
    log: pino({ level: "silent" }),
    drainSeconds: 0,
    limits,
  });
}

/** A connection that nothing is read from until it is told to. */
function connection(): { socket: Socket; ended: Promise<unknown>; ask(): void; answer(): Promise<number> } {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1").pause();
  socket.on("error", () => {});
  sockets.push(socket);
  return {
    socket,
    ended: new Promise((resolve) => socket.once("close", resolve)),
    ask: () => void socket.write("GET / HTTP/1.1\r\nhost: here\r\n\r\n"),
    async answer() {
      let bytes = 0;
      for await (const chunk of socket as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > ANSWER.length) break;
      }
      return bytes;
    },
  };
}

async function endedBecause(reason: string): Promise<number> {
  const line = (await metricsText())
    .split("\n")
    .find((each) => each.startsWith(`http_connections_ended_total{reason="${reason}"}`));
  return Number(line?.split(" ").at(-1) ?? 0);
}

describe("an answer that nobody reads", () => {
  it("ends with its connection when more waits on it than may, and one below that waits", async () => {
    await serve({ unsentBytes: ANSWER.length / 2 });
    const before = await endedBecause("unread");
    const { ask, ended, socket } = connection();
    ask();
    await expect.poll(() => endedBecause("unread")).toBe(before + 1);
    socket.resume();
    await ended;
    await server.close();
    await serve({ unsentBytes: ANSWER.length * 2 });
    const patient = connection();
    patient.ask();
    expect(await patient.answer()).toBeGreaterThan(ANSWER.length);
  });

  it("ends once nothing of it was taken for its time", async () => {
    await serve({ stalledSeconds: 1 });
    const before = await endedBecause("stalled");
    connection().ask();
    await expect.poll(() => endedBecause("stalled"), { timeout: 10_000 }).toBe(before + 1);
  });

  it("ends when it is taken drop by drop", async () => {
    await serve({ stalledSeconds: 1, bytesPerSecond: 1024 ** 3 });
    const before = await endedBecause("slow");
    const { socket, ask } = connection();
    ask();
    const drops = setInterval(() => void socket.read(1_000), 20);
    await expect.poll(() => endedBecause("slow"), { timeout: 10_000 }).toBe(before + 1);
    clearInterval(drops);
  });

  it("makes room for all others: of what waits in all, the most goes first", async () => {
    await serve({ unsentBytesInAll: ANSWER.length * 2.5 });
    const before = await endedBecause("unread in all");
    const waiting = [connection(), connection()];
    for (const { ask } of waiting) ask();
    connection().ask();
    connection().ask();
    await expect.poll(() => endedBecause("unread in all")).toBe(before + 2);
    const reader = connection();
    reader.ask();
    expect(await reader.answer()).toBeGreaterThan(ANSWER.length);
  });
});

describe("connections", () => {
  it.each(["connectionsPerAddress", "connections"] as const)("are no more than %s says", async (limit) => {
    await serve({ [limit]: 3 });
    const few = [connection(), connection(), connection()];
    for (const { ask } of few) ask();
    const one = connection();
    one.socket.resume();
    await one.ended;
    expect(await few[0]!.answer()).toBeGreaterThan(ANSWER.length);
    few[0]!.socket.destroy();
    await expect
      .poll(async () => {
        const next = connection();
        next.ask();
        return next.answer().catch(() => 0);
      })
      .toBeGreaterThan(ANSWER.length);
  });
});
