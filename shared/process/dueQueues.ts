import type { Sql } from "#shared/database/connection.ts";
import type { KindOfWork } from "./hints.ts";

/** What is due of one tenant and, of calls, for one destination. */
export interface Queue {
  readonly tenantId: string;
  /** Empty for what goes to no host that users choose. */
  readonly destination: string;
  /** How many rows of it are among the 100 that are due longest. */
  readonly due?: number;
  /** Since when those of its rows are due that were seen, the longest first: in milliseconds. */
  readonly dueSince?: readonly number[];
}

/** Sees which queues of a kind of work have something due; each look goes on where the one before ended. */
export type DueQueues = (sql: Sql) => Promise<Queue[]>;

/**
 * The queues of which something is due. As a rule those of the rows that are due longest are all of them. Behind a flood, which
 * may fill as many rows as are looked at, the other queues are found by stepping from tenant to tenant in an index (a loose index
 * scan), and of calls from destination to destination of each, a bounded number of steps at a time: what one look costs grows neither
 * with the rows nor with the tenants or their destinations, and no tenant is found later for another's many destinations.
 */
export function dueQueuesOf({ work, kind }: KindOfWork): DueQueues {
  const look = LOOKS[work];
  let after: SteppedTo = { tenantId: START, destinations: new Map() };
  return async (sql) => {
    const rows = await look(sql, kind, after);
    after = steppedTo(work, rows, after.destinations);
    const found = new Map<
      string,
      { tenantId: string; destination: string; due: number; dueSince: number[] }
    >();
    for (const row of rows) {
      if (!row.is_due) continue;
      const { tenant_id: tenantId, destination } = row;
      const key = keyOf({ tenantId, destination });
      const queue = found.get(key) ?? { tenantId, destination, due: 0, dueSince: [] };
      queue.due += row.among_oldest;
      if (queue.dueSince.length === 0) queue.dueSince.push(...row.due_since);
      found.set(key, queue);
    }
    return [...found.values()];
  };
}

/** Where the look before ended: at which tenant, and at which destination of each tenant that has more of them than one look takes. */
interface SteppedTo {
  readonly tenantId: string;
  readonly destinations: ReadonlyMap<string, string>;
}

function steppedTo(
  work: KindOfWork["work"],
  rows: readonly Found[],
  before: ReadonlyMap<string, string>,
): SteppedTo {
  const byTenant = Map.groupBy(
    rows.filter(({ is_stepped: isStepped }) => isStepped),
    (row) => row.tenant_id,
  );
  const most = work === "effect" ? MOST_TENANTS : MOST_STEPS;
  const tenantId = byTenant.size >= most ? [...byTenant.keys()].sort().at(-1)! : START;
  const destinations = new Map(before);
  for (const [id, stepped] of byTenant) {
    const named = stepped.map(({ destination }) => destination).filter((name) => name !== "");
    if (named.length >= DESTINATION_STEPS) destinations.set(id, named.at(-1)!);
    else destinations.delete(id);
  }
  // Those of tenants that are seen no more; they begin at the beginning again.
  if (destinations.size > MOST_REMEMBERED) destinations.clear();
  return { tenantId, destinations };
}

// A look steps through the first tenants after the one before: no other's destination is of use to it.
function nextDestinations({ tenantId, destinations }: SteppedTo): { tenantIds: string[]; names: string[] } {
  const next = [...destinations]
    .filter(([id]) => id > tenantId)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, MOST_TENANTS);
  return { tenantIds: next.map(([id]) => id), names: next.map(([, name]) => name) };
}

/** A queue's name in a map. */
export function keyOf({ tenantId, destination }: Queue): string {
  return `${tenantId} ${destination}`;
}

/** How many of the rows that are due longest are looked at. */
const OLDEST = 100;

/** How many tenants one look steps through at most; of calls fewer, and so many destinations of each. */
const MOST_STEPS = 500;
const MOST_TENANTS = 200;
const DESTINATION_STEPS = 5;
const MOST_REMEMBERED = 1_000;

const START = "00000000-0000-0000-0000-000000000000";

interface Found {
  tenant_id: string;
  destination: string;
  is_due: boolean;
  is_stepped: boolean;
  among_oldest: number;
  due_since: readonly number[];
}

const LOOKS: Record<KindOfWork["work"], (sql: Sql, kind: string, after: SteppedTo) => Promise<Found[]>> = {
  command: (sql, kind, { tenantId }) => sql<Found>`
    with recursive oldest as materialized (
      select tenant_id from process.command
      where name = ${kind} and parked_at is null and due_at <= process.now() order by due_at limit ${OLDEST}
    ), queue as (
      select * from (
        select tenant_id, due_at from process.command
        where name = ${kind} and parked_at is null and tenant_id > ${tenantId}
          and (select count(*) from oldest) = ${OLDEST}
        order by tenant_id, due_at limit 1) as first
      union all
      select next.* from queue cross join lateral (
        select tenant_id, due_at from process.command
        where name = ${kind} and parked_at is null and tenant_id > queue.tenant_id
        order by tenant_id, due_at limit 1) as next
    )
    select tenant_id, '' as destination, true as is_due, false as is_stepped, count(*)::int as among_oldest, '{}'::float8[] as due_since from oldest group by 1
    union all
    (select tenant_id, '', due_at <= process.now(), true, 0, '{}'::float8[] from queue limit ${MOST_STEPS})`,
  timer: (sql, kind, { tenantId }) => sql<Found>`
    with recursive oldest as materialized (
      select tenant_id from process.timer
      where kind = ${kind} and due_at <= process.now() order by due_at limit ${OLDEST}
    ), queue as (
      select * from (
        select tenant_id, due_at from process.timer
        where kind = ${kind} and tenant_id > ${tenantId} and (select count(*) from oldest) = ${OLDEST}
        order by tenant_id, due_at limit 1) as first
      union all
      select next.* from queue cross join lateral (
        select tenant_id, due_at from process.timer
        where kind = ${kind} and tenant_id > queue.tenant_id
        order by tenant_id, due_at limit 1) as next
    )
    select tenant_id, '' as destination, true as is_due, false as is_stepped, count(*)::int as among_oldest, '{}'::float8[] as due_since from oldest group by 1
    union all
    (select tenant_id, '', due_at <= process.now(), true, 0, '{}'::float8[] from queue limit ${MOST_STEPS})`,
  effect(sql, kind, after) {
    const { tenantIds, names } = nextDestinations(after);
    return sql<Found>`
    with recursive oldest as materialized (
      select tenant_id, destination, due_at from process.effect
      where kind = ${kind} and due_at <= process.now() order by due_at limit ${OLDEST}
    ), tenant as (
      select * from (
        select tenant_id from process.effect
        where kind = ${kind} and tenant_id > ${after.tenantId} and (select count(*) from oldest) = ${OLDEST}
        order by tenant_id limit 1) as first
      union all
      select next.* from tenant cross join lateral (
        select tenant_id from process.effect
        where kind = ${kind} and tenant_id > tenant.tenant_id order by tenant_id limit 1) as next
    ), queue as materialized (
      select sought.tenant_id, step.destination, step.due_at
      from (select tenant_id from tenant limit ${MOST_TENANTS}) as sought
      left join unnest(${tenantIds}::uuid[], ${names}::text[]) as seen (tenant_id, destination)
        on seen.tenant_id = sought.tenant_id
      cross join lateral (
        (select destination, due_at from process.effect
          where kind = ${kind} and effect.tenant_id = sought.tenant_id and destination = '' order by due_at limit 1)
        union all
        (with recursive named as (
          select * from (
            select destination, due_at from process.effect
            where kind = ${kind} and effect.tenant_id = sought.tenant_id and destination > coalesce(seen.destination, '')
            order by destination, due_at limit 1) as first
          union all
          select next.* from named cross join lateral (
            select destination, due_at from process.effect
            where kind = ${kind} and effect.tenant_id = sought.tenant_id and destination > named.destination
            order by destination, due_at limit 1) as next
        ) select destination, due_at from named limit ${DESTINATION_STEPS})) as step
    )
    select tenant_id, destination, true as is_due, false as is_stepped, count(*)::int as among_oldest,
      array_agg(extract(epoch from due_at)::float8 * 1000 order by due_at) as due_since
    from oldest group by 1, 2
    union all
    select tenant_id, destination, due_at <= process.now(), true, 0, array[extract(epoch from due_at)::float8 * 1000] from queue`;
  },
};
