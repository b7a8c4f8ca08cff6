import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a database that can be cut. */
export interface Cuttable {
  readonly url: string;
  /** Cuts every connection at the given message from now on: before it gets there, or right after, so that its answer is lost. */
  cutAt(message: number, when: "before" | "after"): void;
  /** Swallows from now on whatever is said over the connections there are, either way, and keeps them open; new ones work. */
  silence(): void;
  /** Cuts every connection and takes no new one, until it is told otherwise. */
  takeAway(isAway: boolean): void;
  /** Whether it was cut since; from then on it works again. */
  wasCut(): boolean;
  close(): Promise<void>;
}

/** Opens a way to the database of a URL on a port of its own. */
export async function openCuttable(databaseUrl: string): Promise<Cuttable> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let left = Infinity;
  let moment: "before" | "after" = "before";
  let cut = false;
  let isAway = false;

  const cutAll = (): void => {
    cut = true;
    left = Infinity;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };

  const server = createServer((client) => {
    if (isAway) return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    }
    client.on("close", () => !silent.has(client) && upstream.end());
    upstream.on("close", () => !silent.has(client) && client.destroy());
    upstream.on("data", (message) => silent.has(client) || client.write(message));
    client.on("data", (message) => {
      if (silent.has(client)) return;
      left -= 1;
      if (left === 0 && moment === "before") return cutAll();
      upstream.write(message, () => left === 0 && cutAll());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: "127.0.0.1", port: String(port) }).href,
    cutAt(message, when) {
      [left, moment, cut] = [message, when, false];
    },
    takeAway(away) {
      isAway = away;
      if (away) cutAll();
    },
    silence: () => sockets.forEach((socket) => silent.add(socket)),
    wasCut: () => cut,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
