import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to the database that can forget its connections, as a firewall does: what is open stays open and says nothing more. */
export interface SilentProxy {
  readonly port: number;
  /** From now on nothing passes over the connections that are open; new ones work. The answer is how many there were. */
  silence(): number;
  close(): Promise<void>;
}

/** Opens a proxy on loopback to a port of loopback. */
export async function openSilentProxy(target: number): Promise<SilentProxy> {
  const passing = new Set<() => void>();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const database = connect({ host: "127.0.0.1", port: target, noDelay: true });
    let isSilent = false;
    const silence = () => {
      isSilent = true;
      passing.delete(silence);
    };
    passing.add(silence);
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => !isSilent && to.write(bytes));
      from.on("error", () => undefined);
      from.on("close", () => {
        sockets.delete(from);
        passing.delete(silence);
        // Whoever forgot the connection does not tell one end that the other left.
        if (!isSilent) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    silence() {
      const count = passing.size;
      for (const silence of passing) silence();
      return count;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
