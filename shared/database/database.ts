import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { wrap } from "#shared/errors/exposed.ts";
import { withTenant, type Log } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import {
  CONNECTING_MS,
  connectionOptions,
  send,
  sqlOn,
  type Sql,
  type StatementCount,
} from "./connection.ts";
import { createConnectionTurns, type ConnectionTurns } from "./connectionTurns.ts";
import { lend } from "./lend.ts";
import { openListener, type Listen } from "./listener.ts";
import { openNotifier } from "./notifier.ts";
import { millisecondsLeft, patiently, type Patience } from "./patience.ts";
import { watchSilence, type SilentConnections } from "./silentConnections.ts";
import { toldOfAbsence } from "./unavailable.ts";
import { refusePrivileges } from "./refusePrivileges.ts";
import {
  requireTenantId,
  tenantTransaction,
  type TenantDatabase,
  type TenantTransaction,
} from "./tenantDatabase.ts";

/** Opens the database of a service. Throws when it cannot be reached, when its role could pass by row-level security, or touch what is another service's. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, log, applicationName, service, poolSize = 10 } = options;
  const config = connectionOptions(url, applicationName);
  const pool = new pg.Pool({ ...config, max: poolSize });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  let isClosing = false;
  pool.on("error", ({ message }) => {
    if (!isClosing) log.warn({ reason: message }, "An idle database connection was lost");
  });
  await refusePrivileges(pool, service).catch(async (error: unknown) => {
    await pool.end();
    throw wrap(error, "opening the database");
  });
  const count: StatementCount = { sent: 0 };
  const silence = watchSilence(pool, config, log);
  const listener = openListener(config, log);
  const turns = createConnectionTurns(poolSize, CONNECTING_MS);
  const connections = { pool, turns, count, silence };
  const notifier = openNotifier((query) => withoutTransaction(connections, query), log);
  const source = { ...connections, log, notify: notifier.notify };
  return {
    tenant: (tenantId, patience) => tenantDatabase(source, tenantId, patience),
    acrossTenants: (reason, work) => acrossTenants(source, reason, work),
    statements: () => count.sent,
    listen: listener.listen,
    holderId: listener.holderId,
    async close() {
      isClosing = true;
      await listener.close();
      await Promise.race([notifier.close().then(() => pool.end()), wait(1_000, undefined, { ref: false })]);
      silence.close();
    },
  };
}

/** What a service needs to open its database. */
export interface DatabaseOptions {
  url: string;
  log: Log;
  /** Whose login it must be, and nobody else's besides. */
  service?: string | undefined;
  /** What the server calls the connections. */
  applicationName: string;
  /** How many connections at most; 10 by default, and one more that listens. */
  poolSize?: number | undefined;
}

/** The database of a service. */
export interface Database {
  /** The rows of one tenant; with patience, for no longer than somebody waits for them. */
  tenant(tenantId: string, patience?: Patience): TenantDatabase;
  /**
   * One transaction that belongs to no tenant, as the role `tocsin_worker`: for work that must look at all tenants'
   * rows to find out whose turn it is. The reason is counted.
   */
  acrossTenants<T>(reason: string, work: (all: AcrossTenants) => Promise<T>): Promise<T>;
  /** How many statements were sent so far. */
  statements(): number;
  /** Hears what is notified on a channel, over the one connection that listens. */
  readonly listen: Listen;
  /**
   * The id by which this process says that it is there: `pg_advisory_lock(HOLDERS, id)` is held by the connection that
   * listens and ends with it. Null while nothing is listened to.
   */
  holderId(): number | null;
  close(): Promise<void>;
}

/** A transaction that sees the rows of all tenants that `tocsin_worker` may see. */
export interface AcrossTenants {
  readonly sql: Sql;
  /** The database's clock: the moment the transaction began. */
  readonly now: Temporal.Instant;
  /** Goes on in the same transaction as one tenant, with its rows only. There is no way back. */
  become(tenantId: string): Promise<TenantTransaction>;
}

const crossings = counter(
  "database_across_tenants_total",
  "Transactions that looked at the rows of all tenants",
  ["reason"],
);

/** What connections are taken from, and watched by. */
interface Connections {
  readonly pool: pg.Pool;
  readonly turns: ConnectionTurns;
  readonly count: StatementCount;
  readonly silence: SilentConnections;
}

/** What transactions are made of. */
interface Source extends Connections {
  readonly log: Log;
  readonly notify: (channel: string, payload: string) => void;
}

function tenantDatabase(source: Source, tenantId: string, patience?: Patience): TenantDatabase {
  requireTenantId(tenantId);
  const run = <T>(mode: Mode, work: (tx: TenantTransaction) => Promise<T>) => {
    return withTenant(tenantId, () => inTransaction(source, { mode, tenantId, patience }, work));
  };
  return {
    tenantId,
    find: (entity, where, options) => run("read only", (tx) => tx.find(entity, where, options)),
    findOne: (entity, where) => run("read only", (tx) => tx.findOne(entity, where)),
    count: (entity, where) => run("read only", (tx) => tx.count(entity, where)),
    sql: (text, ...values) => run("read write", (tx) => tx.sql(text, ...values)),
    now: () => run("read only", (tx) => tx.now()),
    transaction: (work) => run("read write", work),
    reading: (work) => run("read only", work),
  };
}

type Mode = "read only" | "read write";

async function inTransaction<T>(
  source: Source,
  { mode, tenantId, patience }: { mode: Mode; tenantId: string; patience: Patience | undefined },
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  const { count, log, notify } = source;
  const afterCommit: (() => void)[] = [];
  const result = await withClient(source, { tenantId, patience }, async (client) => {
    // One message, one round trip: the tenant's id is known to be a uuid.
    const begin = `begin ${mode}; select set_config('app.tenant_id', '${tenantId}', true), process.now() as now`;
    const text = patience ? `${begin}; set local statement_timeout = ${millisecondsLeft(patience)}` : begin;
    const begun = (await send(client, count, { text })) as unknown as pg.QueryResult<{
      now: Temporal.Instant;
    }>[];
    return work(
      tenantTransaction({ client, count, tenantId, now: begun[1]!.rows[0]!.now, afterCommit, notify }),
    );
  });
  tellCommitted(afterCommit, log);
  return result;
}

// What is looked through is queues: they fill and empty faster than the statistics by which PostgreSQL would decide to read, sort or
// hash all of them for the sake of a few rows, rather than to follow an index. And a plan that was made while they were empty,
// when one index was as good as another, would be kept for when there are a hundred thousand rows.
const AS_FOR_QUEUES = [
  ["enable_sort", "off"],
  ["enable_seqscan", "off"],
  ["enable_hashjoin", "off"],
  ["enable_mergejoin", "off"],
  ["plan_cache_mode", "force_custom_plan"],
] as const;

async function acrossTenants<T>(
  source: Source,
  reason: string,
  work: (all: AcrossTenants) => Promise<T>,
): Promise<T> {
  crossings.inc({ reason });
  const { count, log, notify } = source;
  const afterCommit: (() => void)[] = [];
  const result = await withClient(source, { tenantId: null }, async (client) => {
    const text = `begin; set local role tocsin_worker; ${AS_FOR_QUEUES.map(([name, value]) => `set local ${name} = ${value}`).join("; ")}; select process.now() as now`;
    const begun = (await send(client, count, { text })) as unknown as pg.QueryResult<{
      now: Temporal.Instant;
    }>[];
    const now = begun.at(-1)!.rows[0]!.now;
    return work({
      now,
      sql: sqlOn(client, count),
      async become(tenantId) {
        requireTenantId(tenantId);
        await send(client, count, {
          text: `reset role; ${AS_FOR_QUEUES.map(([name]) => `reset ${name}`).join("; ")}; select set_config('app.tenant_id', '${tenantId}', true)`,
        });
        return tenantTransaction({ client, count, tenantId, now, afterCommit, notify });
      },
    });
  });
  tellCommitted(afterCommit, log);
  return result;
}

// What is committed stays so: whoever asked for it must not take it for failed, and do it again.
function tellCommitted(afterCommit: readonly (() => void)[], log: Log): void {
  for (const then of afterCommit) {
    try {
      then();
    } catch (error) {
      log.error({ err: error }, "What was to be done after a commit failed");
    }
  }
}

// Commits when the work is done and rolls back when it throws. A connection on which even that fails is thrown away.
function withClient<T>(
  connections: Connections,
  { tenantId, patience }: { tenantId: string | null; patience?: Patience | undefined },
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  return withConnection(connections, tenantId, async (client, breaks) => {
    const patient = patience && patiently(client.whole, (config) => client.query(config), patience);
    const { lent, takeBack } = lend(patient ?? client);
    try {
      const result = await work(lent);
      await patient?.settled();
      takeBack();
      const { command } = await send(client, connections.count, { text: "commit" });
      // That is how PostgreSQL answers when a statement had failed before and the work went on regardless.
      if (command === "ROLLBACK")
        throw new Error("A statement of this transaction had failed, so nothing of it was kept");
      return result;
    } catch (error) {
      takeBack();
      await patient?.settled();
      await client.query({ text: "rollback" }).catch(breaks);
      throw error;
    }
  });
}

// One statement that is a transaction of its own.
async function withoutTransaction(connections: Connections, query: pg.QueryConfig): Promise<void> {
  await withConnection(connections, null, (client) => client.query(query));
}

async function withConnection<T>(
  connections: Connections,
  tenantId: string | null,
  work: Parameters<typeof onClient<T>>[1],
): Promise<T> {
  try {
    const release = await connections.turns.acquire(tenantId);
    return await onClient(connections, work).finally(release);
  } catch (error) {
    throw toldOfAbsence(error);
  }
}

// What is asked of the client is watched: one that does not answer is destroyed, and its place in the pool is free.
async function onClient<T>(
  { pool, silence }: Connections,
  work: (client: WatchedClient, breaks: (error: Error) => void) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const breaks = (error: Error): void => void (broken = error);
  client.on("error", breaks);
  const query = (config: pg.QueryConfig) => silence.watched(client, () => client.query(config));
  try {
    return await work({ query, whole: client } as unknown as WatchedClient, breaks);
  } finally {
    client.off("error", breaks);
    client.release(broken);
  }
}

/** A connection of which nothing else can be asked. */
type WatchedClient = pg.ClientBase & {
  query(config: pg.QueryConfig): Promise<pg.QueryResult>;
  readonly whole: pg.ClientBase;
};
