import type pg from "pg";
import type { Change, NewRow, Row, TenantEntity } from "./entity.ts";
import {
  columnOf,
  condition,
  isUuid,
  toParameter,
  type Parameters,
  type SomeWhere,
  type Where,
} from "./where.ts";
import { named, send, sqlOn, statementOf, type SentCount, type Sql } from "./connection.ts";
import { tell, type Conversation } from "./conversation.ts";
import type { SqlFragment } from "./fragment.ts";
import { lend } from "./lend.ts";

/**
 * The rows of one tenant, and of no other: what it is asked runs in a transaction that row-level security confines to
 * the tenant. Rows are plain objects. Outside of `transaction` and `reading` each call is a transaction of its own.
 */
export interface TenantDatabase {
  readonly tenantId: string;
  find<Entity extends TenantEntity>(
    entity: Entity,
    where: Where<Row<Entity>>,
    options?: FindOptions<Row<Entity>>,
  ): Promise<Row<Entity>[]>;
  findOne<Entity extends TenantEntity>(
    entity: Entity,
    where: Where<Row<Entity>>,
  ): Promise<Row<Entity> | null>;
  count<Entity extends TenantEntity>(entity: Entity, where: Where<Row<Entity>>): Promise<number>;
  /** Runs a statement of one's own; columns come back as they are called in the table. */
  readonly sql: Sql;
  /** The database's clock: the moment the transaction began. */
  now(): Promise<Temporal.Instant>;
  /** All of the work or nothing of it. Joins the transaction when there is one already. */
  transaction<T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T>;
  /** One read-only transaction for everything that is read within. Joins the transaction when there is one already. */
  reading<T>(work: (db: TenantDatabase) => Promise<T>): Promise<T>;
}

/** A tenant's database within a transaction, which is where it can be written. */
export interface TenantTransaction extends TenantDatabase {
  /** The row, locked until the transaction ends (FOR UPDATE). */
  lock<Entity extends TenantEntity>(entity: Entity, where: Where<Row<Entity>>): Promise<Row<Entity> | null>;
  /** Inserts a row of this tenant; what is left out gets the column's default. What no column holds is an error, as in an update. */
  insert<Entity extends TenantEntity>(entity: Entity, row: NewRow<Entity>): Promise<Row<Entity>>;
  insertMany<Entity extends TenantEntity>(
    entity: Entity,
    rows: readonly NewRow<Entity>[],
  ): Promise<Row<Entity>[]>;
  /** How many rows were changed. */
  update<Entity extends TenantEntity>(
    entity: Entity,
    where: SomeWhere<Row<Entity>>,
    change: Change<Entity>,
  ): Promise<number>;
  /**
   * Runs a statement of one's own, in its place among the others, whose answer nobody waits for. Should it fail, so does what is asked
   * after it, and the transaction or the savepoint, with its error.
   */
  unanswered(statement: SqlFragment): void;
  /** How many rows were deleted. */
  delete<Entity extends TenantEntity>(entity: Entity, where: SomeWhere<Row<Entity>>): Promise<number>;
  /**
   * All of the work or nothing of it, whatever becomes of the rest of the transaction; what the work is handed is over when it ends.
   * Throws what the work throws, and `TransactionLostError` when the transaction cannot go on.
   */
  savepoint<T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T>;
  /** Runs once the transaction is committed, and never when it is not. */
  afterCommit(work: () => void): void;
  /**
   * Notifies a channel once the transaction is committed; the same payload is sent once for all that tell it at the same time. It may be
   * missed: NOTIFY in the transaction itself would make all that commit wait for each other.
   */
  notifyAfterCommit(channel: string, payload: string): void;
}

/** In which order, and how many at most. */
export interface FindOptions<R> {
  readonly orderBy?: { readonly [Name in keyof R]?: "asc" | "desc" };
  readonly limit?: number;
}

/** A transaction that has begun, for one tenant. */
export interface Begun {
  readonly conversation: Conversation;
  readonly count: SentCount;
  readonly tenantId: string;
  readonly now: () => Promise<Temporal.Instant>;
  readonly afterCommit: (() => void)[];
  readonly notify: (channel: string, payload: string) => void;
}

/** A transaction cannot go on, since not even its last savepoint could be gone back to; the cause is what failed before. */
export class TransactionLostError extends Error {
  override readonly name = "TransactionLostError";
}

/** What a tenant may do in a transaction that has begun. */
export function tenantTransaction(begun: Begun): TenantTransaction {
  const { conversation, count, tenantId, now } = begun;
  const run = (text: string, values: unknown[]) => send(conversation, count, named(text, values));
  const tx: TenantTransaction = {
    tenantId,
    sql: sqlOn(conversation, count),
    unanswered: ({ pieces, values }) => void tell(conversation, count, statementOf(pieces, values)),
    now,
    transaction: (work) => work(tx),
    reading: (work) => work(tx),
    savepoint: (work) => inSavepoint(begun, work),
    afterCommit: (work) => void begun.afterCommit.push(work),
    notifyAfterCommit: (channel, payload) =>
      void begun.afterCommit.push(() => begun.notify(channel, payload)),
    find: (entity, where, options) => select(run, tenantId, { entity, where, ...options }),
    findOne: async (entity, where) => (await select(run, tenantId, { entity, where, limit: 1 }))[0] ?? null,
    lock: async (entity, where) =>
      (await select(run, tenantId, { entity, where, limit: 1, lock: " for update" }))[0] ?? null,
    async count(entity, where) {
      const parameters: Parameters = { values: [tenantId] };
      const text = `select count(*) as count from ${entity.table} where ${ownRows(entity, where, parameters)}`;
      return ((await run(text, parameters.values)).rows[0] as { count: number }).count;
    },
    insert: async (entity, row) => (await insertAll(run, tenantId, entity, [row]))[0]!,
    insertMany: (entity, rows) => insertInPortions(run, tenantId, entity, rows),
    async update(entity, where, change) {
      refuseUnknown(entity, change);
      const parameters: Parameters = { values: [tenantId] };
      const assignments = Object.entries(change).filter(([, value]) => value !== undefined);
      if (assignments.length === 0) return 0;
      const set = assignments.map(([property, value]) => {
        const column = columnOf(entity, property);
        parameters.values.push(toParameter(column, value));
        return `"${column.name}" = $${parameters.values.length}`;
      });
      const text = `update ${entity.table} set ${set.join(", ")} where ${someOwnRows(entity, where, parameters)}`;
      return (await run(text, parameters.values)).rowCount ?? 0;
    },
    async delete(entity, where) {
      const parameters: Parameters = { values: [tenantId] };
      const text = `delete from ${entity.table} where ${someOwnRows(entity, where, parameters)}`;
      return (await run(text, parameters.values)).rowCount ?? 0;
    },
  };
  return tx;
}

async function inSavepoint<T>(begun: Begun, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  const { conversation, count } = begun;
  const afterCommit: (() => void)[] = [];
  void tell(conversation, count, { text: "savepoint piece" });
  const { lent, takeBack } = lend(conversation);
  try {
    const result = await work(tenantTransaction({ ...begun, conversation: lent, afterCommit }));
    takeBack();
    const release = { text: "release savepoint piece" };
    // Refused where a statement of the work had failed, and the work went on regardless; where none had, nothing is to be waited for.
    if (conversation.isSettled()) void tell(conversation, count, release);
    else await send(conversation, count, release);
    begun.afterCommit.push(...afterCommit);
    return result;
  } catch (error) {
    takeBack();
    await goBack(begun, error);
    throw error;
  }
}

async function goBack({ conversation }: Begun, cause: unknown): Promise<void> {
  try {
    await conversation.goBack({ text: "rollback to savepoint piece; release savepoint piece" });
  } catch {
    throw new TransactionLostError("A transaction cannot go on", { cause });
  }
}

type Run = (text: string, values: unknown[]) => Promise<pg.QueryResult>;

// Row-level security says it once more; and each holds should the other be missing.
function ownRows<R>(entity: TenantEntity<R>, where: Where<R>, parameters: Parameters): string {
  return `"tenant_id" = $1 and ${condition(entity, where, parameters)}`;
}

// What was undefined at run time asks for nothing, and all of the tenant's rows would be meant.
function someOwnRows<R>(entity: TenantEntity<R>, where: Where<R>, parameters: Parameters): string {
  if (Object.values(where).every((wanted) => wanted === undefined))
    throw new Error(`Which rows of ${entity.name} are to be written is not said`);
  return ownRows(entity, where, parameters);
}

// Of an object that is spread, types let through what no column holds: it would be lost, and nobody would know.
function refuseUnknown(entity: TenantEntity, written: object): void {
  for (const property of Object.keys(written)) columnOf(entity, property);
}

interface Selection<Entity extends TenantEntity> extends FindOptions<Row<Entity>> {
  readonly entity: Entity;
  readonly where: Where<Row<Entity>>;
  readonly lock?: string;
}

async function select<Entity extends TenantEntity>(
  run: Run,
  tenantId: string,
  { entity, where, orderBy = {}, limit, lock = "" }: Selection<Entity>,
): Promise<Row<Entity>[]> {
  const parameters: Parameters = { values: [tenantId] };
  const matching = ownRows(entity, where as Where<unknown>, parameters);
  const order = Object.entries(orderBy).map(
    ([property, way]) => `"${columnOf(entity, property).name}" ${way === "desc" ? "desc" : "asc"}`,
  );
  const text = [
    `select ${columnsOf(entity)} from ${entity.table} where ${matching}`,
    order.length ? ` order by ${order.join(", ")}` : "",
    limit === undefined ? "" : ` limit ${limit}`,
    lock,
  ].join("");
  return (await run(text, parameters.values)).rows as Row<Entity>[];
}

/** The most parameters a statement of PostgreSQL's protocol can have. */
const MOST_PARAMETERS = 65_535;

async function insertInPortions<Entity extends TenantEntity>(
  run: Run,
  tenantId: string,
  entity: Entity,
  rows: readonly NewRow<Entity>[],
): Promise<Row<Entity>[]> {
  const portion = Math.floor(MOST_PARAMETERS / Object.keys(entity.columns).length);
  const inserted: Row<Entity>[] = [];
  for (let from = 0; from < rows.length; from += portion) {
    inserted.push(...(await insertAll(run, tenantId, entity, rows.slice(from, from + portion))));
  }
  return inserted;
}

async function insertAll<Entity extends TenantEntity>(
  run: Run,
  tenantId: string,
  entity: Entity,
  rows: readonly NewRow<Entity>[],
): Promise<Row<Entity>[]> {
  for (const row of rows) refuseUnknown(entity, row as object);
  const stamped: Record<string, unknown>[] = rows.map((row) => ({ ...(row as object), tenantId }));
  const properties = Object.keys(entity.columns).filter((name) =>
    stamped.some((row) => row[name] !== undefined),
  );
  const values: unknown[] = [];
  const tuples = stamped.map((row) => {
    const places = properties.map((property) => {
      if (row[property] === undefined) return "default";
      return `$${values.push(toParameter(columnOf(entity, property), row[property]))}`;
    });
    return `(${places.join(", ")})`;
  });
  const names = properties.map((property) => `"${columnOf(entity, property).name}"`).join(", ");
  const text = `insert into ${entity.table} (${names}) values ${tuples.join(", ")} returning ${columnsOf(entity)}`;
  return (await run(text, values)).rows as Row<Entity>[];
}

const selectLists = new WeakMap<TenantEntity, string>();

function columnsOf(entity: TenantEntity): string {
  const known = selectLists.get(entity);
  if (known) return known;
  const list = Object.entries(entity.columns)
    .map(([property, { name }]) => (property === name ? `"${name}"` : `"${name}" as "${property}"`))
    .join(", ");
  selectLists.set(entity, list);
  return list;
}

/** Throws unless a tenant's id is a uuid: it becomes part of the statement that confines the transaction. */
export function requireTenantId(tenantId: string): void {
  if (!isUuid(tenantId)) throw new Error(`${JSON.stringify(tenantId)} is not the id of a tenant`);
}
