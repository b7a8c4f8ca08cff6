import pg from "pg";
import { rateLimited, type Log } from "#shared/log/log.ts";
import { noAnswer } from "./unavailable.ts";
import { counter } from "#shared/telemetry/metrics.ts";

/** Finds connections that answer no longer, and destroys them, so that whoever waits on one hears of it. */
export interface SilentConnections {
  /** Sends something on a connection of the pool, which is watched until it has answered that and whatever was sent before. */
  watched<T>(client: pg.ClientBase, ask: () => Promise<T>): Promise<T>;
  /** Whether the connection still has something to answer. */
  isAwaited(client: pg.ClientBase): boolean;
  close(): void;
}

/** How long an answer may take before it is asked, on another connection, whether the server still works on it. */
const SUSPECT_MS = 2_500;

/** How long an answer may take when the server cannot be asked. */
const LONGEST_MS = 5_000;

const LOOK_MS = 500;

const silenced = counter(
  "database_silent_connections_total",
  "Connections that were destroyed, since they did not answer",
);

/**
 * Watches the connections of a pool. A statement that takes long is no silence as long as the server works on it, which it is
 * asked on a connection of its own; when it does not, the answer was lost, or the question. The idle connections of the pool
 * are destroyed then, too: whatever silenced one may have silenced them all.
 */
export function watchSilence(pool: pg.Pool, config: pg.ClientConfig, log: Log): SilentConnections {
  const waiting = new Map<pg.ClientBase, Awaited>();
  const idle = new Set<pg.ClientBase>();
  const complaints = rateLimited(log, { perSeconds: 10 });
  let looking: Promise<void> | undefined;
  pool.on("acquire", (client) => void idle.delete(client));
  pool.on("release", (_error, client) => void idle.add(client));
  pool.on("remove", (client) => void idle.delete(client));

  const look = async (): Promise<void> => {
    const suspects = [...waiting]
      .map(([client, { since }]) => [client, since] as const)
      .filter(([, since]) => performance.now() - since > SUSPECT_MS);
    if (suspects.length === 0) return;
    const working = await askWhoWorks(
      config,
      suspects.map(([client]) => processIdOf(client)),
    );
    const silent = suspects.filter(([client, since]) => {
      if (waiting.get(client)?.since !== since) return false;
      return working ? !working.has(processIdOf(client)) : performance.now() - since > LONGEST_MS;
    });
    if (silent.length === 0) return;
    complaints.warn(
      { connections: silent.length, idle: idle.size },
      "Database connections do not answer, and are replaced",
    );
    silenced.inc(silent.length);
    for (const [client] of silent) destroyConnection(client, "the database did not answer in time");
    for (const client of idle) destroyConnection(client, "another connection did not answer");
  };
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) =>
        complaints.error({ err: error }, "Silent connections could not be looked for"),
      )
      .finally(() => (looking = undefined));
  }, LOOK_MS);
  timer.unref();

  return {
    watched: (client, ask) => awaiting(waiting, client, ask),
    isAwaited: (client) => waiting.has(client),
    close: () => clearInterval(timer),
  };
}

async function awaiting<T>(
  waiting: Map<pg.ClientBase, Awaited>,
  client: pg.ClientBase,
  ask: () => Promise<T>,
): Promise<T> {
  const awaited = waiting.get(client);
  if (awaited) awaited.answers += 1;
  else waiting.set(client, { answers: 1, since: performance.now() });
  try {
    return await ask();
  } finally {
    const left = waiting.get(client)!.answers - 1;
    // Answers come one after another: from this one on the next is waited for.
    if (left > 0) waiting.set(client, { answers: left, since: performance.now() });
    else waiting.delete(client);
  }
}

/** How many answers a connection owes, and since when the next of them. */
interface Awaited {
  answers: number;
  readonly since: number;
}

/** Ends a connection without a word to the other side, which may not hear it: what waits for an answer on it fails. */
export function destroyConnection(client: pg.ClientBase, why: string): void {
  (client as unknown as Connected).connection.stream.destroy(noAnswer(why));
}

// Of node-postgres: what its types do not tell.
interface Connected {
  readonly processID: number;
  readonly connection: { readonly stream: { destroy(error: Error): void } };
}

function processIdOf(client: pg.ClientBase): number {
  return (client as unknown as Connected).processID;
}

// Null when the server cannot be asked. An answer that is on its way when it is asked gets here before its own.
async function askWhoWorks(
  config: pg.ClientConfig,
  processIds: readonly number[],
): Promise<Set<number> | null> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 1_500, query_timeout: 1_500 });
  client.on("error", () => {});
  try {
    await client.connect();
    const text =
      "select pid from pg_stat_activity where pid = any ($1) and coalesce(state, 'unknown') not like 'idle%'";
    const { rows } = await client.query<{ pid: number }>(text, [processIds]);
    return new Set(rows.map(({ pid }) => pid));
  } catch {
    return null;
  } finally {
    destroyConnection(client, "asked");
  }
}
