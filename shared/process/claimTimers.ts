import type { AcrossTenants } from "#shared/database/database.ts";
import { histogram } from "#shared/telemetry/metrics.ts";
import type { DueQueues, Queue } from "./dueQueues.ts";
import type { LaneOptions } from "./lane.ts";
import type { Process } from "./process.ts";
import type { TenantTurn } from "./tenantTurns.ts";

/** What the processes of a lane are claimed with. */
export interface TimerLane extends LaneOptions {
  readonly process: Process;
  readonly dueQueues: DueQueues;
  /** Whether as much as a batch was due at the last look. */
  readonly backlog: { isDeep: boolean };
}

/** A process whose time has come, in hand. */
export interface ClaimedTimer {
  id: string;
  tenant_id: string;
  subject_id: string;
  due_at: Temporal.Instant;
  attempt: number;
}

const lateness = histogram(
  "process_timer_lateness_seconds",
  "How long after its time a process was looked at",
  ["kind"],
);

/** What was claimed, and in whose turn. */
export interface TakenTimers {
  claimed: ClaimedTimer[];
  turn: TenantTurn | null;
  heldBack: readonly Queue[];
  now: Temporal.Instant | null;
  readonly onTaken: (mayBeMore: boolean) => void;
}

/** Claims, by `claimOf`, which is told whether no other is there to claim for, for the tenant whose turn it is: a batch where so much is due, or of processes that ask; else one. */
export async function claimInTurn(
  { process, dueQueues, turns, batch, backlog }: TimerLane,
  all: AcrossTenants,
  taken: TakenTimers,
  claimOf: (claim: { tenantId: string; size: number; isLast: boolean }) => Promise<ClaimedTimer[]>,
): Promise<void> {
  let queues = await dueQueues(all.sql);
  backlog.isDeep = queues.reduce((sum, { due = 0 }) => sum + due, 0) >= batch;
  for (;;) {
    taken.turn = turns.take(process.kind, queues, ({ due = 0 }) => !process.ask && due >= batch);
    taken.heldBack = taken.turn ? [] : queues;
    if (!taken.turn) return;
    const { queue, isBatch, end } = taken.turn;
    const size = isBatch || process.ask ? batch : 1;
    taken.claimed = await claimOf({ tenantId: queue.tenantId, size, isLast: queues.length === 1 });
    if (taken.claimed.length > 0) {
      const now = (taken.now = await all.now());
      taken.claimed.forEach((claimed) => observeLateness(process.kind, claimed, now));
      return taken.onTaken(queues.length > 1 || (!isBatch && (queue.due ?? 0) > taken.claimed.length));
    }
    end();
    queues = queues.filter(({ tenantId }) => tenantId !== queue.tenantId);
  }
}

/**
 * As long as less than a batch is due, whatever waits longest is next, whose ever it is. False when more is due: then whose turn it is
 * has to be found out.
 */
export async function claimOldest(
  parts: TimerLane,
  all: AcrossTenants,
  taken: TakenTimers,
): Promise<boolean> {
  const { process, turns, batch, backlog } = parts;
  if (backlog.isDeep) return false;
  const withoutSlot = turns.withoutSlot(process.kind);
  const [found] = await all.sql<Found>`
    with due as materialized (
      select id, tenant_id, subject_id, due_at, attempt from process.timer
      where kind = ${process.kind} and due_at <= process.now() order by due_at limit ${batch}
    ), next as materialized (
      select * from due where (select count(*) from due) < ${batch} and tenant_id <> all (${withoutSlot}::uuid[])
        and pg_try_advisory_xact_lock(hashtextextended(id::text, 0)) limit 1
    )
    select (select count(*) from due)::int as due,
      (select array_agg(distinct tenant_id) from due where tenant_id = any (${withoutSlot}::uuid[])) as held_back, next.*
    from (select) as one left join next on true`;
  const { due, held_back: tenantIds, ...claimed } = found!;
  backlog.isDeep = due >= batch;
  if (claimed.id === null) {
    taken.heldBack = (tenantIds ?? []).map((tenantId) => ({ tenantId, destination: "" }));
    return !backlog.isDeep;
  }
  taken.turn = turns.hold(process.kind, claimed.tenant_id);
  if (!taken.turn) {
    taken.heldBack = [{ tenantId: claimed.tenant_id, destination: "" }];
    return true;
  }
  taken.claimed = [claimed];
  taken.now = await all.now();
  observeLateness(process.kind, claimed, taken.now);
  taken.onTaken(due > 1);
  return true;
}

type Found = { due: number; held_back: string[] | null } & (ClaimedTimer | { id: null });

// The claim is an advisory lock and not one of the row. Whoever changes a thing locks it and then wakes its process; if we
// held the timer while we wait for the thing, the two of us would wait for each other. It ends with the transaction, and
// with the socket of a process that was killed. What failed before is looked at by itself.
/** So many processes of a tenant that are due, oldest first, for a transaction that decides about them. */
export async function claim(
  { sql }: AcrossTenants,
  { process, batch }: TimerLane,
  { tenantId, size }: { tenantId: string; size: number },
): Promise<ClaimedTimer[]> {
  return sql<ClaimedTimer>`
    with due as materialized (
      select id, tenant_id, subject_id, due_at, attempt, row_number() over (order by due_at) as nth,
        first_value(attempt) over (order by due_at) as first_attempt
      from (
        select * from process.timer
        where kind = ${process.kind} and tenant_id = ${tenantId} and due_at <= process.now()
        order by due_at limit ${Math.max(64, batch)}) as longest
    )
    select id, tenant_id, subject_id, due_at, attempt from due
    where (nth = 1 or attempt = 0 and first_attempt = 0)
      and pg_try_advisory_xact_lock(hashtextextended(id::text, 0))
    limit ${size}`;
}

/** This one, unless somebody else has it or gave it another time. */
export async function claimAlone(
  { sql }: AcrossTenants,
  { tenant_id, id, due_at }: ClaimedTimer,
): Promise<ClaimedTimer[]> {
  return sql<ClaimedTimer>`
    select id, tenant_id, subject_id, due_at, attempt from process.timer
    where tenant_id = ${tenant_id} and id = ${id} and due_at = ${due_at}
      and pg_try_advisory_xact_lock(hashtextextended(id::text, 0))`;
}

// Need not survive a crash of the database, so nobody waits for its disk.
/** So many processes of a tenant that are due, left alone by others for 2 s, so that services are asked without a connection. */
export async function claimForAsking(
  { sql }: AcrossTenants,
  { process }: TimerLane,
  { tenantId, size }: { tenantId: string; size: number },
): Promise<ClaimedTimer[]> {
  return sql<ClaimedTimer>`
    with next as materialized (
      select tenant_id, id from process.timer
      where kind = ${process.kind} and tenant_id = ${tenantId} and due_at <= process.now()
        and (asked_until is null or asked_until <= process.now())
      order by due_at limit ${size} for update skip locked
    )
    update process.timer set asked_until = process.now() + interval '2 s' from next
    where timer.tenant_id = next.tenant_id and timer.id = next.id
    returning timer.id, timer.tenant_id, subject_id, due_at, attempt, set_config('synchronous_commit', 'off', true)`;
}

function observeLateness(kind: string, { due_at: dueAt }: ClaimedTimer, now: Temporal.Instant): void {
  lateness.observe({ kind }, (now.epochMilliseconds - dueAt.epochMilliseconds) / 1_000);
}
