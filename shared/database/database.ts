import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { wrap } from "#shared/errors/exposed.ts";
import { withTenant, type Log } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { CONNECTING_MS, connectionOptions, sqlOn, type SentCount, type Sql } from "./connection.ts";
import { tell } from "./conversation.ts";
import { createConnectionTurns } from "./connectionTurns.ts";
import { openListener, type Listen } from "./listener.ts";
import { openNotifier } from "./notifier.ts";
import { millisecondsLeft, type Patience } from "./patience.ts";
import { watchSilence } from "./silentConnections.ts";
import { refusePrivileges } from "./refusePrivileges.ts";
import {
  requireTenantId,
  tenantTransaction,
  type TenantDatabase,
  type TenantTransaction,
} from "./tenantDatabase.ts";
import { inTransaction, withoutTransaction, type Connections, type Ongoing } from "./transactions.ts";

/** Opens the database of a service. Throws when it cannot be reached, when its role could pass by row-level security, or touch what is another service's. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, log, applicationName, service, poolSize = 10 } = options;
  const config = connectionOptions(url, applicationName);
  const pool = new pg.Pool({ ...config, max: poolSize, pipeline: true });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  let isClosing = false;
  pool.on("error", ({ message }) => {
    if (!isClosing) log.warn({ reason: message }, "An idle database connection was lost");
  });
  await refusePrivileges(pool, service).catch(async (error: unknown) => {
    await pool.end();
    throw wrap(error, "opening the database");
  });
  const count: SentCount = { statements: 0, roundTrips: 0 };
  const silence = watchSilence(pool, config, log);
  const listener = openListener(config, log);
  const turns = createConnectionTurns(poolSize, CONNECTING_MS);
  const connections = { pool, turns, count, silence };
  const notifier = openNotifier((query) => withoutTransaction(connections, query), log);
  const source = { ...connections, log, notify: notifier.notify };
  return {
    tenant: (tenantId, patience) => tenantDatabase(source, tenantId, patience),
    acrossTenants: (reason, work) => acrossTenants(source, reason, work),
    statements: () => count.statements,
    roundTrips: () => count.roundTrips,
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
  /** How often the server was waited for so far: what is sent together on one connection is one round trip. */
  roundTrips(): number;
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
  now(): Promise<Temporal.Instant>;
  /** Goes on in the same transaction as one tenant, with its rows only. There is no way back. */
  become(tenantId: string): TenantTransaction;
  /**
   * Sends the commit together with what the statements ask before they first wait for an answer; nothing else is asked afterwards.
   * What they throw once they were answered takes nothing back.
   */
  last<T>(statements: () => Promise<T>): Promise<T>;
  /** Nothing was written after all: nobody waits for the commit. */
  onlyRead(): void;
}

const crossings = counter(
  "database_across_tenants_total",
  "Transactions that looked at the rows of all tenants",
  ["reason"],
);

/** What transactions are made of. */
interface Source extends Connections {
  readonly log: Log;
  readonly notify: (channel: string, payload: string) => void;
}

function tenantDatabase(source: Source, tenantId: string, patience?: Patience): TenantDatabase {
  requireTenantId(tenantId);
  const run = <T>(mode: Mode, work: (tx: TenantTransaction, ongoing: Ongoing) => Promise<T>) => {
    return withTenant(tenantId, () => tenantsTransaction(source, { mode, tenantId, patience }, work));
  };
  // A statement that is a transaction of its own is committed in the same round trip.
  const once = <T>(mode: Mode, statement: (tx: TenantTransaction) => Promise<T>) =>
    run(mode, (tx, { last }) => last(() => statement(tx)));
  return {
    tenantId,
    find: (entity, where, options) => once("read only", (tx) => tx.find(entity, where, options)),
    findOne: (entity, where) => once("read only", (tx) => tx.findOne(entity, where)),
    count: (entity, where) => once("read only", (tx) => tx.count(entity, where)),
    sql: (text, ...values) => once("read write", (tx) => tx.sql(text, ...values)),
    now: () => once("read only", (tx) => tx.now()),
    transaction: (work) => run("read write", work),
    reading: (work) => run("read only", work),
  };
}

type Mode = "read only" | "read write";

async function tenantsTransaction<T>(
  source: Source,
  { mode, tenantId, patience }: { mode: Mode; tenantId: string; patience: Patience | undefined },
  work: (tx: TenantTransaction, ongoing: Ongoing) => Promise<T>,
): Promise<T> {
  const { count, log, notify } = source;
  const afterCommit: (() => void)[] = [];
  // One message: the tenant's id is known to be a uuid.
  const timeout = patience ? `; set local statement_timeout = ${millisecondsLeft(patience)}` : "";
  const text = `begin ${mode}${timeout}; select set_config('app.tenant_id', '${tenantId}', true), process.now() as now`;
  const beginning = { tenantId, patience, text, isReadOnly: mode === "read only" };
  const result = await inTransaction(source, beginning, (ongoing) => {
    const { conversation, begun } = ongoing;
    const now = async () => momentOf(await begun);
    return work(tenantTransaction({ conversation, count, tenantId, now, afterCommit, notify }), ongoing);
  });
  tellCommitted(afterCommit, log);
  return result;
}

function momentOf({ rows: [row] }: pg.QueryResult<{ now: Temporal.Instant }>): Temporal.Instant {
  return row!.now;
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
  const text = `begin; set local role tocsin_worker; ${AS_FOR_QUEUES.map(([name, value]) => `set local ${name} = ${value}`).join("; ")}; select process.now() as now`;
  const beginning = { tenantId: null, text, isReadOnly: false };
  const result = await inTransaction(source, beginning, ({ conversation, begun, last, onlyRead }) => {
    const now = async () => momentOf(await begun);
    return work({
      now,
      sql: sqlOn(conversation, count),
      last,
      onlyRead,
      become(tenantId) {
        requireTenantId(tenantId);
        void tell(conversation, count, { text: becoming(tenantId) });
        return tenantTransaction({ conversation, count, tenantId, now, afterCommit, notify });
      },
    });
  });
  tellCommitted(afterCommit, log);
  return result;
}

function becoming(tenantId: string): string {
  const resets = AS_FOR_QUEUES.map(([name]) => `reset ${name}`).join("; ");
  return `reset role; ${resets}; select set_config('app.tenant_id', '${tenantId}', true)`;
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
