import pg from "pg";
import { wrap } from "#shared/errors/exposed.ts";
import { withTenant, type Log } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { connectionOptions, send, sqlOn, type Sql, type StatementCount } from "./connection.ts";
import { openListener, type Listen } from "./listener.ts";
import { openNotifier } from "./notifier.ts";
import { refusePrivileges } from "./refusePrivileges.ts";
import {
  requireTenantId,
  tenantTransaction,
  type TenantDatabase,
  type TenantTransaction,
} from "./tenantDatabase.ts";

/** Opens the database of a service. Throws when it cannot be reached, or when its role could pass by row-level security. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, log, applicationName, poolSize = 10 } = options;
  const config = connectionOptions(url, applicationName);
  const pool = new pg.Pool({ ...config, max: poolSize, connectionTimeoutMillis: 10_000 });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  let isClosing = false;
  pool.on("error", ({ message }) => {
    if (!isClosing) log.warn({ reason: message }, "An idle database connection was lost");
  });
  await refusePrivileges(pool).catch(async (error: unknown) => {
    await pool.end();
    throw wrap(error, "opening the database");
  });
  const count: StatementCount = { sent: 0 };
  const listener = openListener(config, log);
  const notifier = openNotifier(pool, log);
  const source = { pool, count, log, notify: notifier.notify };
  return {
    tenant: (tenantId) => tenantDatabase(source, tenantId),
    acrossTenants: (reason, work) => acrossTenants(source, reason, work),
    statements: () => count.sent,
    listen: listener.listen,
    async close() {
      isClosing = true;
      await listener.close();
      await notifier.close();
      await pool.end();
    },
  };
}

/** What a service needs to open its database. */
export interface DatabaseOptions {
  url: string;
  log: Log;
  /** What the server calls the connections. */
  applicationName: string;
  /** How many connections at most; 10 unless told otherwise, and one more that listens. */
  poolSize?: number | undefined;
}

/** The database of a service. */
export interface Database {
  /** The rows of one tenant. */
  tenant(tenantId: string): TenantDatabase;
  /**
   * One transaction that belongs to no tenant, as the role `tocsin_worker`: for work that must look at all tenants'
   * rows to find out whose turn it is. The reason is counted.
   */
  acrossTenants<T>(reason: string, work: (all: AcrossTenants) => Promise<T>): Promise<T>;
  /** How many statements were sent so far. */
  statements(): number;
  /** Hears what is notified on a channel, over the one connection that listens. */
  readonly listen: Listen;
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

/** What transactions are made of. */
interface Source {
  readonly pool: pg.Pool;
  readonly count: StatementCount;
  readonly log: Log;
  readonly notify: (channel: string, payload: string) => void;
}

function tenantDatabase(source: Source, tenantId: string): TenantDatabase {
  requireTenantId(tenantId);
  const run = <T>(mode: Mode, work: (tx: TenantTransaction) => Promise<T>) => {
    return withTenant(tenantId, () => inTransaction(source, { mode, tenantId }, work));
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
  { pool, count, log, notify }: Source,
  { mode, tenantId }: { mode: Mode; tenantId: string },
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  const afterCommit: (() => void)[] = [];
  const result = await withClient(pool, count, async (client) => {
    // One message, one round trip: the tenant's id is known to be a uuid.
    const text = `begin ${mode}; select set_config('app.tenant_id', '${tenantId}', true), process.now() as now`;
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

async function acrossTenants<T>(
  { pool, count, log, notify }: Source,
  reason: string,
  work: (all: AcrossTenants) => Promise<T>,
): Promise<T> {
  crossings.inc({ reason });
  const afterCommit: (() => void)[] = [];
  const result = await withClient(pool, count, async (client) => {
    // What is looked through is queues: they fill and empty faster than the statistics by which PostgreSQL would decide
    // to sort all of them for the sake of the first row, rather than to follow the index.
    const text =
      "begin; set local role tocsin_worker; set local enable_sort = off; select process.now() as now";
    const begun = (await send(client, count, { text })) as unknown as pg.QueryResult<{
      now: Temporal.Instant;
    }>[];
    const now = begun[3]!.rows[0]!.now;
    return work({
      now,
      sql: sqlOn(client, count),
      async become(tenantId) {
        requireTenantId(tenantId);
        await send(client, count, {
          text: `reset role; reset enable_sort; select set_config('app.tenant_id', '${tenantId}', true)`,
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
async function withClient<T>(
  pool: pg.Pool,
  count: StatementCount,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const { lent, takeBack } = lend(client);
  let broken: Error | undefined;
  const onError = (error: Error): void => void (broken = error);
  client.on("error", onError);
  try {
    const result = await work(lent);
    takeBack();
    const { command } = await send(client, count, { text: "commit" });
    // That is how PostgreSQL answers when a statement had failed before and the work went on regardless.
    if (command === "ROLLBACK")
      throw new Error("A statement of this transaction had failed, so nothing of it was kept");
    return result;
  } catch (error) {
    takeBack();
    await client.query("rollback").catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

// Work that was not waited for may go on after its transaction; by then the connection serves somebody else, perhaps of
// another tenant.
function lend(client: pg.PoolClient): { lent: pg.ClientBase; takeBack: () => void } {
  let isOver = false;
  const query = (config: pg.QueryConfig) =>
    isOver ? Promise.reject(new Error("This transaction is over")) : client.query(config);
  return { lent: { query } as unknown as pg.ClientBase, takeBack: () => void (isOver = true) };
}
