import type { Sql } from "#shared/database/connection.ts";
import type { KindOfWork } from "./hints.ts";

/** What is due of one tenant and, of calls, for one destination. */
export interface Queue {
  readonly tenantId: string;
  /** Empty for what goes to no host that users choose. */
  readonly destination: string;
  /** How many rows of it are among the 100 that are due longest. */
  readonly due?: number;
}

/** Sees which queues of a kind of work have something due; each look goes on where the one before ended. */
export type DueQueues = (sql: Sql) => Promise<Queue[]>;

/**
 * The queues of which something is due. As a rule those of the rows that are due longest are all of them. Behind a flood, which
 * may fill as many rows as are looked at, the other queues are found by stepping from queue to queue in an index (a loose index
 * scan), a bounded number of steps at a time: what one look costs grows neither with the rows nor with the tenants.
 */
export function dueQueuesOf({ work, kind }: KindOfWork): DueQueues {
  const look = LOOKS[work];
  let after = START;
  return async (sql) => {
    const rows = await look(sql, kind, after);
    const stepped = rows.filter(({ is_stepped: isStepped }) => isStepped);
    const last = stepped.at(-1);
    after = last && stepped.length === MOST_STEPS ? queueOf(last) : START;
    const due = rows.filter(({ is_due: isDue }) => isDue);
    const found = new Map(due.map((row) => [keyOf(queueOf(row)), { ...queueOf(row), due: 0 }]));
    for (const row of due) found.get(keyOf(queueOf(row)))!.due += row.among_oldest;
    return [...found.values()];
  };
}

/** A queue's name in a map. */
export function keyOf({ tenantId, destination }: Queue): string {
  return `${tenantId} ${destination}`;
}

/** How many of the rows that are due longest are looked at. */
const OLDEST = 100;

/** How many queues one look steps through at most. */
const MOST_STEPS = 500;

const START: Queue = { tenantId: "00000000-0000-0000-0000-000000000000", destination: "" };

interface Found {
  tenant_id: string;
  destination: string;
  is_due: boolean;
  is_stepped: boolean;
  among_oldest: number;
}

function queueOf({ tenant_id: tenantId, destination }: Found): Queue {
  return { tenantId, destination };
}

const LOOKS: Record<KindOfWork["work"], (sql: Sql, kind: string, after: Queue) => Promise<Found[]>> = {
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
    select tenant_id, '' as destination, true as is_due, false as is_stepped, count(*)::int as among_oldest from oldest group by 1
    union all
    (select tenant_id, '', due_at <= process.now(), true, 0 from queue limit ${MOST_STEPS})`,
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
    select tenant_id, '' as destination, true as is_due, false as is_stepped, count(*)::int as among_oldest from oldest group by 1
    union all
    (select tenant_id, '', due_at <= process.now(), true, 0 from queue limit ${MOST_STEPS})`,
  effect: (sql, kind, { tenantId, destination }) => sql<Found>`
    with recursive oldest as materialized (
      select tenant_id, destination from process.effect
      where kind = ${kind} and due_at <= process.now() order by due_at limit ${OLDEST}
    ), queue as (
      select * from (
        select tenant_id, destination, due_at from process.effect
        where kind = ${kind} and (tenant_id, destination) > (${tenantId}::uuid, ${destination}::text)
          and (select count(*) from oldest) = ${OLDEST}
        order by tenant_id, destination, due_at limit 1) as first
      union all
      select next.* from queue cross join lateral (
        select tenant_id, destination, due_at from process.effect
        where kind = ${kind} and (tenant_id, destination) > (queue.tenant_id, queue.destination)
        order by tenant_id, destination, due_at limit 1) as next
    )
    select tenant_id, destination, true as is_due, false as is_stepped, count(*)::int as among_oldest from oldest group by 1, 2
    union all
    (select tenant_id, destination, due_at <= process.now(), true, 0 from queue limit ${MOST_STEPS})`,
};
