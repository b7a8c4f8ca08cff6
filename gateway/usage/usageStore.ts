import pg from "pg";
import { connectionOptions, sqlOn } from "#shared/database/connection.ts";
import type { OperationShape } from "#shared/federation/operationShape.ts";

/** Where it is kept which operations clients sent. */
export interface UsageStore {
  /** Adds these to what was counted today; the answer is how many found no room. Throws when the database is away. */
  add(uses: readonly CountedUse[]): Promise<number>;
  close(): Promise<void>;
}

/** How often a version of a client sent operations of one shape. */
export interface CountedUse {
  readonly client: string;
  readonly version: string;
  readonly operation: UsedOperation;
  count: number;
}

/** The shape of an operation, and every schema coordinate that it uses. */
export interface UsedOperation extends OperationShape {
  readonly coordinates: readonly string[];
}

/** What a database keeps at most. */
export interface UsageBounds {
  /** How many days back. */
  readonly days: number;
  /** How many shapes of operations; beyond them, new ones find no room. */
  readonly operations: number;
  /** How many pairs of client and operation a day; beyond them, new ones find no room. */
  readonly usesPerDay: number;
}

/** Keeps usage in a database, of which it needs nothing but the schema `gateway`; connects when there is something to add. */
export function openUsageStore(url: string, bounds: UsageBounds = BOUNDS): UsageStore {
  const config = { ...connectionOptions(url, "tocsin usage"), query_timeout: 5_000 };
  const pool = new pg.Pool({ ...config, max: 1, connectionTimeoutMillis: 2_000, allowExitOnIdle: true });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => {});
  let closed: Promise<void> | undefined;
  return {
    async add(uses) {
      const client = await pool.connect();
      try {
        const dropped = await addUses(client, uses, bounds);
        client.release();
        return dropped;
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    close: () => (closed ??= pool.end()),
  };
}

const BOUNDS: UsageBounds = { days: 90, operations: 50_000, usesPerDay: 50_000 };

// One statement: what is too old goes, what is known or finds room is counted. Rows are taken in one order by every gateway, so that
// none waits for another in a circle.
async function addUses(
  client: pg.ClientBase,
  uses: readonly CountedUse[],
  bounds: UsageBounds,
): Promise<number> {
  const given = uses.map(({ client: name, version, count, operation }) => ({
    ...operation,
    client: name,
    version,
    count,
  }));
  const [row] = await sqlOn(client, { statements: 0, roundTrips: 0 })<{ counted: number }>`
    with day as (
      select (process.now() at time zone 'UTC')::date as today
    ), given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as g (hash text, name text, text text, coordinates jsonb, client text, version text, count bigint)
    ), old_uses as (
      delete from gateway.operation_use using day where used_on <= today - ${bounds.days}::int
    ), old_operations as (
      delete from gateway.operation using day
      where last_used_on <= today - ${bounds.days}::int and hash not in (select hash from given)
    ), known as (
      insert into gateway.operation as kept (hash, name, text, coordinates, last_used_on)
      select distinct on (hash) hash, name, text, coordinates, today from given, day
      where exists (select from gateway.operation as o where o.hash = given.hash)
        or (select count(*) from gateway.operation) < ${bounds.operations}::int
      order by hash
      on conflict (hash) do update set coordinates = excluded.coordinates, last_used_on = excluded.last_used_on
      returning hash
    ), counted as (
      insert into gateway.operation_use as kept (used_on, client, version, hash, count)
      select today, client, version, hash, count from given join known using (hash), day
      where exists (select from gateway.operation_use as u
          where (u.used_on, u.client, u.version, u.hash) = (today, given.client, given.version, given.hash))
        or (select count(*) from gateway.operation_use, day where used_on = today) < ${bounds.usesPerDay}::int
      order by client, version, hash
      on conflict (used_on, client, version, hash) do update set count = kept.count + excluded.count
      returning client, version, hash
    )
    select coalesce(sum(count), 0)::int as counted from given join counted using (client, version, hash)`;
  return uses.reduce((sum, { count }) => sum + count, 0) - row!.counted;
}
