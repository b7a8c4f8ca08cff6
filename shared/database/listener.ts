import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Log } from "#shared/log/log.ts";
import { inTurn } from "./connection.ts";

/** Hears what is notified on a channel until the answer is called. `onReconnect` runs when notifications may have been missed. */
export type Listen = (
  channel: string,
  onPayload: (payload: string) => void,
  onReconnect?: () => void,
) => Promise<() => Promise<void>>;

/** The one connection of a process that listens; it is made at the first use, and made again whenever it is lost. */
export function openListener(config: pg.ClientConfig, log: Log): { listen: Listen; close(): Promise<void> } {
  const hearers = new Map<string, Set<Hearer>>();
  const closing = new AbortController();
  let connected: Promise<pg.Client> | undefined;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ ...config, statement_timeout: 0, idle_in_transaction_session_timeout: 0 });
    client.on("notification", ({ channel, payload = "" }) => {
      for (const hearer of hearers.get(channel) ?? []) hearer.onPayload(payload);
    });
    client.on("error", ({ message }) =>
      log.warn({ reason: message }, "The listening database connection was lost"),
    );
    await client.connect();
    client.once("end", () => void (closing.signal.aborted || reconnect()));
    for (const channel of hearers.keys()) {
      await inTurn(client, () => client.query(`listen ${pg.escapeIdentifier(channel)}`));
    }
    return client;
  };

  const reconnect = (): void => {
    connected = connectUntilItWorks();
    void connected.then(
      () => {
        for (const hearer of [...hearers.values()].flatMap((set) => [...set])) hearer.onReconnect?.();
      },
      () => undefined,
    );
  };

  const connectUntilItWorks = async (): Promise<pg.Client> => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await connect();
      } catch (error) {
        log.warn({ err: error, attempt }, "The database cannot be listened to yet");
        await wait(Math.min(50 * 2 ** attempt, 2_000), undefined, { signal: closing.signal });
      }
    }
  };

  return {
    async listen(channel, onPayload, onReconnect) {
      const hearer = { onPayload, onReconnect };
      const others = hearers.get(channel) ?? new Set();
      hearers.set(channel, others.add(hearer));
      connected ??= connect();
      const client = await connected;
      await inTurn(client, () => client.query(`listen ${pg.escapeIdentifier(channel)}`));
      return async () => {
        others.delete(hearer);
        if (others.size > 0 || closing.signal.aborted) return;
        hearers.delete(channel);
        const present = await connected;
        if (present) await inTurn(present, () => present.query(`unlisten ${pg.escapeIdentifier(channel)}`));
      };
    },
    async close() {
      closing.abort();
      const client = await connected?.catch(() => undefined);
      await client?.end();
    },
  };
}

interface Hearer {
  onPayload: (payload: string) => void;
  onReconnect?: (() => void) | undefined;
}
