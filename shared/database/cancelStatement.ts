import { connect } from "node:net";
import type pg from "pg";

/**
 * Asks the server to give up what it works on for this connection; resolves once it has heard of it, or cannot be asked. It takes a
 * connection of its own, on which nobody signs in (PostgreSQL documentation, 54.2.8 Canceling Requests in Progress).
 */
export function cancelStatement(client: pg.ClientBase): Promise<void> {
  const { host, port, processID, secretKey } = client as unknown as Connected;
  const message = Buffer.alloc(16);
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(CANCEL_REQUEST, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(PATIENCE_MILLISECONDS, () => socket.destroy());
    socket.on("error", () => {});
    socket.once("close", () => resolve());
    socket.once("connect", () => socket.end(message));
    socket.resume();
  });
}

const CANCEL_REQUEST = 80_877_102;
const PATIENCE_MILLISECONDS = 1_000;

// Of node-postgres: what its types do not tell.
interface Connected {
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
}
