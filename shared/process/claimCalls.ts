import type { Sql } from "#shared/database/connection.ts";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";
import { LEASE_SECONDS, type AttemptsInHand } from "./attemptsInHand.ts";
import { createCallRate, UNLIMITED, type CallRate } from "./callRate.ts";
import type { CallSlot, CallSlots } from "./callSlots.ts";
import type { DueQueues, Queue } from "./dueQueues.ts";
import type { Effect } from "./effects.ts";
import type { LaneOptions } from "./lane.ts";

/** What the calls of a lane are claimed with. */
export interface CallLane extends LaneOptions {
  readonly inHand: AttemptsInHand;
  readonly slots: CallSlots;
  readonly rate: CallRate;
  readonly dueQueues: DueQueues;
}

/** A call that is in hand, under a lease. */
export interface ClaimedCall {
  id: string;
  tenant_id: string;
  destination: string;
  payload: unknown;
  trace: Record<string, string>;
  /** The number of this attempt. */
  attempt: number;
  attempt_id: string;
  /** What came of it, when the call has been made already and only what follows is missing. */
  tried: Tried | null;
  is_cancelled: boolean;
  /** How long it was due when it was claimed. */
  late_seconds: number;
  isRateLimited: boolean;
}

type DueCall = Omit<ClaimedCall, "isRateLimited">;

/** What came of an attempt; without an error where none was made, since the effect was cancelled. */
export type Tried = { ok: true; result: unknown } | { ok: false; error: string | null; isFinal: boolean };

// What waits for less than that has not waited for others.
const LATE_SECONDS = 1;

/** How many calls of an effect are made a minute; that a tenant has more is logged, and noted for whoever looks for what is overdue. */
export function rateOf({ database, services, log }: LaneOptions, { kind, mostPerMinute }: Effect): CallRate {
  if (!mostPerMinute) return UNLIMITED;
  const most = mostPerMinute(services);
  return createCallRate(most, (tenantId) => {
    log.warn(
      { tenantId, effect: kind, perMinute: most },
      "More calls of a tenant are due than are made in a minute",
    );
    noteBacklog(database.tenant(tenantId), kind).catch((error: unknown) =>
      log.warn(
        { err: error, tenantId, effect: kind },
        "A backlog of calls could not be noted, and is noted in a minute",
      ),
    );
  });
}

async function noteBacklog(db: TenantDatabase, kind: string): Promise<void> {
  await db.sql`
    insert into process.call_backlog (tenant_id, kind, seen_at) values (${db.tenantId}, ${kind}, process.now())
    on conflict (tenant_id, kind) do update set seen_at = excluded.seen_at`;
}

/** Claims calls that are due, as many as there are slots for; the queues that are held back when there are none. */
export async function claimInSlots(
  options: CallLane,
  effect: Effect,
): Promise<{ claimed: { call: ClaimedCall; slot: CallSlot }[]; heldBack: Queue[]; mayBeMore: boolean }> {
  let free: CallSlot[] = [];
  let queues: Queue[] = [];
  try {
    const calls = await options.database.acrossTenants(
      "make the next calls",
      async ({ sql, last, onlyRead }) => {
        queues = await options.dueQueues(sql);
        free = options.slots.shareOut(queues, options.batch, options.rate);
        if (free.length > 0) return last(() => claim(sql, options, effect, free));
        onlyRead();
        return [];
      },
    );
    const mayBeMore = calls.length === free.length;
    const taken = calls.map((call) => {
      const { tenant_id: tenantId, destination } = call;
      const at = free.findIndex((slot) => slot.tenantId === tenantId && slot.destination === destination);
      return { call, slot: free.splice(at, 1)[0]! };
    });
    free.forEach((slot) => slot.leftOver());
    const claimed = taken.map(({ call, slot }) => ({
      call: { ...call, isRateLimited: slot.isLate() && call.late_seconds >= LATE_SECONDS },
      slot,
    }));
    const heldBack = claimed.length === 0 && mayBeMore ? queues : [];
    return { claimed, heldBack, mayBeMore };
  } finally {
    free.forEach((slot) => slot.end());
  }
}

// While the lease lasts the row is due at its end, so that whoever looks for what is due finds no row in vain.
async function claim(
  sql: Sql,
  { database }: CallLane,
  { kind }: Effect,
  slots: readonly CallSlot[],
): Promise<DueCall[]> {
  const tenantIds = slots.map(({ tenantId }) => tenantId);
  const destinations = slots.map(({ destination }) => destination);
  return sql<DueCall>`
    with free as materialized (
      select tenant_id, destination, count(*) as slots
      from unnest(${tenantIds}::uuid[], ${destinations}::text[]) as slot (tenant_id, destination) group by 1, 2
    ), next as materialized (
      select due.tenant_id, due.id, due.due_at from free cross join lateral (
        select tenant_id, id, due_at from process.effect
        where kind = ${kind} and effect.tenant_id = free.tenant_id and effect.destination = free.destination
          and due_at <= process.now()
        order by due_at limit free.slots for update skip locked) as due
    )
    update process.effect
    set attempt = case when tried is null then attempt + 1 else attempt end, attempt_id = gen_random_uuid(),
      due_at = process.now() + make_interval(secs => ${LEASE_SECONDS}), leased_by = ${database.holderId()}
    from next where effect.tenant_id = next.tenant_id and effect.id = next.id
    returning effect.id, effect.tenant_id, destination, payload, trace, attempt, attempt_id, tried,
      extract(epoch from process.now() - next.due_at)::float8 as late_seconds,
      exists (select from process.effect_cancellation cancelled
        where cancelled.tenant_id = effect.tenant_id and cancelled.id = effect.id) as is_cancelled`;
}
