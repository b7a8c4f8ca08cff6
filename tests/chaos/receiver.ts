import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A page that was taken, when, and under which id. */
export interface Arrival {
  readonly id: string;
  readonly at: number;
}

/** Where people are paged: it answers at once, late, or with an error. */
export interface Receiver {
  readonly url: string;
  /** What was taken, by the title of the incident. */
  readonly arrivals: ReadonlyMap<string, readonly Arrival[]>;
  behave(how: Behaviour): void;
  close(): Promise<void>;
}

/** How pages are answered: at once, after seconds, or with 503, which takes nothing. */
export type Behaviour = "well" | "slowly" | "badly";

const SLOW_MS = 3_000;

/** Opens a receiver on loopback. */
export async function openReceiver(): Promise<Receiver> {
  const arrivals = new Map<string, Arrival[]>();
  let behaviour: Behaviour = "well";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("error", () => undefined);
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (behaviour === "badly") return void response.writeHead(503).end();
      const page = JSON.parse(Buffer.concat(chunks).toString()) as {
        id: string;
        incident: { title: string };
      };
      const { title } = page.incident;
      const known = arrivals.get(title) ?? [];
      arrivals.set(title, [...known, { id: page.id, at: performance.now() }]);
      setTimeout(() => response.end(), behaviour === "slowly" ? SLOW_MS : 0);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    behave: (how) => void (behaviour = how),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
