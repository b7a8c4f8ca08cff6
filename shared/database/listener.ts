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
  const hear = (channel: string, payload: string): void => {
    for (const hearer of hearers.get(channel) ?? []) hearer.onPayload(payload);
  };
  const hearAnew = (): void => {
    for (const hearer of [...hearers.values()].flatMap((set) => [...set])) hearer.onReconnect?.();
  };

  const connect = async (): Promise<pg.Client> => {
    const client = await connectUntilItWorks({ config, log, signal: closing.signal, hear });
    client.once("end", () => {
      if (closing.signal.aborted) return;
      connected = connect();
      connected.then(hearAnew, () => undefined);
    });
    for (const channel of hearers.keys()) await say(client, "listen", channel);
    return client;
  };
  let connected: Promise<pg.Client> | undefined;

  return {
    async listen(channel, onPayload, onReconnect) {
      const hearer = { onPayload, onReconnect };
      const others = hearers.get(channel) ?? new Set();
      hearers.set(channel, others.add(hearer));
      connected ??= connect();
      await say(await connected, "listen", channel);
      return async () => {
        others.delete(hearer);
        if (others.size > 0 || closing.signal.aborted) return;
        hearers.delete(channel);
        const present = await connected;
        if (present) await say(present, "unlisten", channel);
      };
    },
    async close() {
      closing.abort();
      const client = await connected?.catch(() => undefined);
      await client?.end();
    },
  };
}

interface Connecting {
  config: pg.ClientConfig;
  log: Log;
  signal: AbortSignal;
  hear: (channel: string, payload: string) => void;
}

// 50 ms, doubled each time, and never more than two seconds.
async function connectUntilItWorks({ config, log, signal, hear }: Connecting): Promise<pg.Client> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ ...config, statement_timeout: 0, idle_in_transaction_session_timeout: 0 });
    client.on("notification", ({ channel, payload = "" }) => hear(channel, payload));
    client.on("error", ({ message }) => {
      log.warn({ reason: message }, "The listening database connection was lost");
    });
    try {
      await client.connect();
      return client;
    } catch (error) {
      log.warn({ reason: (error as Error).message, attempt }, "The database cannot be listened to yet");
      await wait(Math.min(50 * 2 ** attempt, 2_000), undefined, { signal });
    }
  }
}

async function say(client: pg.Client, what: "listen" | "unlisten", channel: string): Promise<void> {
  await inTurn(client, () => client.query(`${what} ${pg.escapeIdentifier(channel)}`));
}

interface Hearer {
  onPayload: (payload: string) => void;
  onReconnect?: (() => void) | undefined;
}
