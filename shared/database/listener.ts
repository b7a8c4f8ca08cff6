import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Log } from "#shared/log/log.ts";
import { destroyConnection } from "./silentConnections.ts";

/** Hears what is notified on a channel until the answer is called. `onReconnect` runs when notifications may have been missed. */
export type Listen = (
  channel: string,
  onPayload: (payload: string) => void,
  onReconnect?: () => void,
) => Promise<() => Promise<void>>;

/** The one connection of a process that listens. */
export interface Listener {
  readonly listen: Listen;
  /** The id of the advisory lock that the connection holds for as long as it lasts; null while there is none. */
  holderId(): number | null;
  close(): Promise<void>;
}

/** The class of the advisory locks that say which holders are there: `pg_advisory_lock(HOLDERS, id)`. */
export const HOLDERS = 7_862_747;

/** How often the connection is asked whether it still answers, and how long it may take to. */
const CHECK_MS = 2_000;

/** Listens on one connection; it is made at the first use, and made again whenever it is lost or answers no longer. */
export function openListener(config: pg.ClientConfig, log: Log): Listener {
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
      holder = null;
      if (closing.signal.aborted) return;
      connected = connect();
      connected.then(hearAnew, () => undefined);
    });
    watch(client, log, closing.signal);
    holder = await takeHolderId(client);
    for (const channel of hearers.keys()) await say(client, "listen", channel);
    return client;
  };
  let connected: Promise<pg.Client> | undefined;
  let holder: number | null = null;

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
    holderId: () => holder,
    async close() {
      closing.abort();
      const client = await connected?.catch(() => undefined);
      if (!client) return;
      await Promise.race([client.end(), wait(1_000, undefined, { ref: false })]);
      destroyConnection(client, "the database is closed");
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

// A new one for each connection: the server may hold that of the one before for a while yet.
async function takeHolderId(client: pg.Client): Promise<number> {
  const id = randomInt(1, 2 ** 31);
  await inTurn(client, () => client.query("select pg_advisory_lock($1, $2)", [HOLDERS, id]));
  return id;
}

// A host that is lost, or a firewall that forgot, says nothing: the connection would be waited on for ever.
function watch(client: pg.Client, log: Log, signal: AbortSignal): void {
  let isAnswered = true;
  const timer = setInterval(() => {
    if (!isAnswered) {
      log.warn({}, "The listening database connection does not answer, and is replaced");
      destroyConnection(client, "the listening connection does not answer");
      return;
    }
    isAnswered = false;
    inTurn(client, () => client.query("select 1")).then(
      () => (isAnswered = true),
      () => undefined,
    );
  }, CHECK_MS);
  timer.unref();
  const stop = (): void => clearInterval(timer);
  client.once("end", stop);
  signal.addEventListener("abort", stop, { once: true });
}

async function say(client: pg.Client, what: "listen" | "unlisten", channel: string): Promise<void> {
  await inTurn(client, () => client.query(`${what} ${pg.escapeIdentifier(channel)}`));
}

const lastOn = new WeakMap<pg.Client, Promise<unknown>>();

// What several ask of the connection at once is sent one after another.
function inTurn<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  const before = lastOn.get(client);
  const mine = before ? before.then(work, work) : work();
  lastOn.set(client, mine);
  return mine;
}

interface Hearer {
  onPayload: (payload: string) => void;
  onReconnect?: (() => void) | undefined;
}
