import { setTimeout as wait } from "node:timers/promises";
import { ZodError } from "zod";
import type { Sql } from "#shared/database/connection.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { withTenant } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { continueTrace, span } from "#shared/telemetry/telemetry.ts";
import { LEASE_SECONDS, type AttemptsInHand, type CalledOff } from "./attemptsInHand.ts";
import { createCallRate, UNLIMITED, type CallRate } from "./callRate.ts";
import type { CallSlot, CallSlots } from "./callSlots.ts";
import { dueQueuesOf, type DueQueues, type Queue } from "./dueQueues.ts";
import { backoffSeconds, type Effect, type Outcome } from "./effects.ts";
import { hint } from "./hints.ts";
import { NOTHING, type Lane, type LaneOptions, type Ran } from "./lane.ts";
import { within } from "./within.ts";

/**
 * A lane per kind of call to the outside world: each attempt under a lease, in a slot of its tenant and destination, its outcome
 * written down in one transaction.
 */
export function effectLanes(given: LaneOptions, inHand: AttemptsInHand, slots: CallSlots): Lane[] {
  return given.effects.map((effect) => {
    const lane = { work: "effect", kind: effect.kind } as const;
    const rate = rateOf(given, effect);
    const options = { ...given, inHand, slots, rate, dueQueues: dueQueuesOf(lane) };
    return {
      ...lane,
      runSome: (onTaken) => runSome(options, effect, onTaken),
      hasSlotFor: (tenantId, destination) =>
        destination === undefined
          ? rate.mayCall(tenantId)
          : slots.hasSlotFor({ tenantId, destination }, rate),
    };
  });
}

function rateOf({ database, services, log }: LaneOptions, { kind, mostPerMinute }: Effect): CallRate {
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

interface Options extends LaneOptions {
  readonly inHand: AttemptsInHand;
  readonly slots: CallSlots;
  readonly rate: CallRate;
  readonly dueQueues: DueQueues;
}

interface Claimed {
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

/** What came of an attempt; without an error where none was made, since the effect was cancelled. */
type Tried = { ok: true; result: unknown } | { ok: false; error: string | null; isFinal: boolean };

const NOT_MADE: Tried = { ok: false, error: null, isFinal: true };

// What waits for less than that has not waited for others.
const LATE_SECONDS = 1;

// How long a call may take to end once it is called off.
const GRACE_SECONDS = 0.5;

// An attempt that died with its worker is not held against the call, but it may be the call that kills.
const MOST_LOST_ATTEMPTS = 10;

const attempts = counter("process_effect_attempts_total", "Attempts at calls by what became of them", [
  "kind",
  "outcome",
]);

const rateLimited = counter(
  "process_effect_rate_limited_total",
  "Calls that had to wait since more of their tenant were due than are made in a minute",
  ["kind"],
);

async function runSome(
  options: Options,
  effect: Effect,
  onTaken?: (mayBeMore: boolean) => void,
): Promise<Ran> {
  const { claimed, heldBack, mayBeMore } = await claimInSlots(options, effect);
  if (claimed.length === 0) return { ...NOTHING, heldBack };
  onTaken?.(mayBeMore);
  const made = await Promise.allSettled(
    claimed.map(({ call, slot }) => makeInSlot(options, effect, call, slot).finally(slot.end)),
  );
  const broken = made.find((one) => one.status === "rejected");
  if (broken) throw broken.reason;
  return { count: claimed.length, heldBack, leavesMore: true };
}

async function makeInSlot(options: Options, effect: Effect, claimed: Claimed, slot: CallSlot): Promise<void> {
  const { id: effectId, tenant_id: tenantId, attempt_id: attemptId } = claimed;
  const stop = createStop(effect.kind);
  const forget = options.inHand.add({ effectId, tenantId, attemptId, callOff: stop.callOff });
  try {
    await withTenant(tenantId, () =>
      continueTrace(claimed.trace, async () => {
        const tried = claimed.tried ?? (await makeAttempt(options, effect, claimed, { stop, slot }));
        if (tried === "handed back") await handBack(options, effect, claimed, 0);
        else if (tried === "put off") await handBack(options, effect, claimed, PUT_OFF_SECONDS);
        else if (tried !== "settled") await writeDown(options, effect, claimed, tried);
      }),
    );
  } finally {
    forget();
  }
}

/** How an attempt is told to stop, and why it was. */
interface Stop {
  readonly signal: AbortSignal;
  why(): CalledOff | null;
  callOff(why: CalledOff): void;
}

function createStop(kind: string): Stop {
  const controller = new AbortController();
  let reason: CalledOff | null = null;
  return {
    signal: controller.signal,
    why: () => reason,
    callOff(why) {
      reason ??= why;
      controller.abort(new Error(`The call ${kind} was called off`));
    },
  };
}

async function claimInSlots(
  options: Options,
  effect: Effect,
): Promise<{ claimed: { call: Claimed; slot: CallSlot }[]; heldBack: Queue[]; mayBeMore: boolean }> {
  let free: CallSlot[] = [];
  let queues: Queue[] = [];
  try {
    const calls = await options.database.acrossTenants("make the next calls", async ({ sql }) => {
      queues = await options.dueQueues(sql);
      free = options.slots.shareOut(queues, options.batch, options.rate);
      return free.length === 0 ? [] : claim(sql, options, effect, free);
    });
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
  { database }: Options,
  { kind }: Effect,
  slots: readonly CallSlot[],
): Promise<Omit<Claimed, "isRateLimited">[]> {
  const tenantIds = slots.map(({ tenantId }) => tenantId);
  const destinations = slots.map(({ destination }) => destination);
  return sql<Omit<Claimed, "isRateLimited">>`
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

// What came of it, unless it is settled already, or another worker is to make it.
async function makeAttempt(
  options: Options,
  effect: Effect,
  claimed: Claimed,
  { stop, slot }: { stop: Stop; slot: CallSlot },
): Promise<Tried | "settled" | "handed back" | "put off"> {
  const { kind, retry } = effect;
  const { id: effectId, attempt: number } = claimed;
  if (claimed.is_cancelled) return NOT_MADE;
  if (number > retry.maximumAttempts + MOST_LOST_ATTEMPTS) {
    return { ok: false, error: "whoever made the call died each time", isFinal: true };
  }
  try {
    if (!(await isStillWanted(options, effect, claimed).catch(toBeforeCall))) return "settled";
    if (stop.why() === "cancelled") return NOT_MADE;
    return { ok: true, result: await perform(options, effect, claimed, { calledOff: stop.signal, slot }) };
  } catch (error) {
    if (stop.why() === "stopping") return "handed back";
    if (error instanceof BeforeCall) return "put off";
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    options.log.warn({ err: error, effect: kind, effectId, attempt: number }, "A call failed");
    const isFinal = name === ZodError.name || (retry.nonRetryableErrors?.includes(name) ?? false);
    return { ok: false, error: message, isFinal };
  }
}

// No call was made when it could not be looked at before: a database that is away, or has no connection free, is no attempt.
const PUT_OFF_SECONDS = 1;

class BeforeCall extends Error {}

function toBeforeCall(error: unknown): never {
  const { code } = error as { code?: unknown };
  throw code === "SERVICE_UNAVAILABLE" ? new BeforeCall("not looked at", { cause: error }) : error;
}

// Whether it was made is not known: it is made again, by whoever goes on working, as the attempt that it is.
async function handBack(
  { database }: Options,
  { kind }: Effect,
  { id, tenant_id: tenantId, attempt_id: attemptId }: Claimed,
  seconds: number,
): Promise<void> {
  await database.tenant(tenantId).transaction(async (tx) => {
    await tx.sql`
      update process.effect set attempt = attempt - 1, attempt_id = null, leased_by = null,
        due_at = process.now() + make_interval(secs => ${seconds})
      where tenant_id = ${tenantId} and id = ${id} and attempt_id = ${attemptId}`;
    hint(tx, { work: "effect", kind });
  });
  attempts.inc({ kind, outcome: "handed back" });
}

// The payload is kept as it is now, so that what follows is told what was sent.
async function isStillWanted({ database }: Options, effect: Effect, claimed: Claimed): Promise<boolean> {
  const { id: effectId, tenant_id: tenantId, attempt_id: attemptId } = claimed;
  if (!effect.recheck) return true;
  const payload = effect.payload.parse(claimed.payload);
  return database.tenant(tenantId).transaction(async (tx) => {
    const present = await effect.recheck!(tx, { effectId, payload });
    if (present === null) {
      if (await holdsLease(tx, claimed)) await follow(tx, effect, claimed, NOT_MADE);
      tx.afterCommit(() => attempts.inc({ kind: effect.kind, outcome: "cancelled" }));
      return false;
    }
    if (JSON.stringify(present) === JSON.stringify(payload)) return true;
    claimed.payload = present;
    await tx.sql`
      update process.effect set payload = ${JSON.stringify(present)}, destination = ${effect.destinationOf?.(present) ?? ""}
      where tenant_id = ${tenantId} and id = ${effectId} and attempt_id = ${attemptId}`;
    return true;
  });
}

async function perform(
  { services, log }: Options,
  effect: Effect,
  claimed: Claimed,
  { calledOff, slot }: { calledOff: AbortSignal; slot: CallSlot },
): Promise<unknown> {
  const { kind, startToCloseTimeoutSeconds: seconds } = effect;
  const { id: effectId, tenant_id: tenantId, attempt: number, attempt_id: attemptId } = claimed;
  const over = new AbortController();
  const signal = AbortSignal.any([calledOff, over.signal]);
  const known = { effectId, attemptId, tenantId, attempt: number, signal, services, log };
  const call = async () => effect.perform(effect.payload.parse(claimed.payload), known);
  // What is tried again was counted when it was tried first: a receiver that fails keeps nothing from the others.
  if (number === 1) slot.begin();
  if (claimed.isRateLimited) rateLimited.inc({ kind });
  try {
    const result = await span(
      `effect ${kind}`,
      { "tocsin.effect_id": effectId, "tocsin.attempt": number },
      () => within(seconds, `The call ${kind}`, call, { signal: calledOff, graceSeconds: GRACE_SECONDS }),
    );
    slot.answered(true);
    return result;
  } catch (error) {
    if (!calledOff.aborted) slot.answered(false);
    throw error;
  } finally {
    over.abort();
  }
}

async function writeDown(options: Options, effect: Effect, claimed: Claimed, tried: Tried): Promise<void> {
  const { database, log } = options;
  const { id: effectId, attempt } = claimed;
  try {
    const outcome = await database.tenant(claimed.tenant_id).transaction(async (tx) => {
      if (!(await holdsLease(tx, claimed))) return "late";
      return follow(tx, effect, claimed, tried);
    });
    attempts.inc({ kind: effect.kind, outcome });
    if (outcome === "late")
      log.warn({ effectId, attempt }, "An attempt lost its lease, and its answer is not heard");
  } catch (error) {
    log.error(
      { err: error, effectId, attempt },
      "What follows from a call could not be written down, and is tried again",
    );
    attempts.inc({ kind: effect.kind, outcome: "not followed" });
    await keep(options, claimed, tried, error);
  }
}

async function holdsLease(
  tx: TenantTransaction,
  { id, tenant_id: tenantId, attempt_id: attemptId }: Claimed,
): Promise<boolean> {
  const [held] = await tx.sql`
    select id from process.effect where tenant_id = ${tenantId} and id = ${id} and attempt_id = ${attemptId} for update`;
  return held !== undefined;
}

async function follow(
  tx: TenantTransaction,
  effect: Effect,
  claimed: Claimed,
  tried: Tried,
): Promise<Outcome<unknown>["status"]> {
  const { id: effectId, attempt: number, payload, isRateLimited, late_seconds: lateSeconds } = claimed;
  const outcome = await outcomeOf(tx, claimed, tried);
  if (outcome.status !== "failed" || (!tried.ok && tried.isFinal) || number >= effect.retry.maximumAttempts) {
    await takeOffTheList(tx, effectId);
    await effect.settled(tx, { effectId, payload, outcome, lateSeconds, isRateLimited });
    return outcome.status;
  }
  await tx.sql`
    update process.effect set attempt_id = null, leased_by = null, tried = null, last_error = ${outcome.error},
      due_at = process.now() + make_interval(secs => ${backoffSeconds(effect.retry, number)})
    where tenant_id = ${tx.tenantId} and id = ${effectId}`;
  await effect.attempted?.(tx, { effectId, payload, outcome, lateSeconds, isRateLimited });
  return "failed";
}

// One that is cancelled from here on is seen to be so when its next attempt is begun.
async function outcomeOf(
  tx: TenantTransaction,
  { id: effectId, attempt: number }: Claimed,
  tried: Tried,
): Promise<Outcome<unknown>> {
  const at = await tx.now();
  if (tried.ok) return { status: "succeeded", result: tried.result, attempt: number, at };
  if (tried.error === null) return { status: "cancelled", error: null, attempt: number - 1, at };
  const [cancelled] = await tx.sql`
    select id from process.effect_cancellation where tenant_id = ${tx.tenantId} and id = ${effectId}`;
  return { status: cancelled ? "cancelled" : "failed", error: tried.error, attempt: number, at };
}

// Whoever cancels at the moment of settling may leave a cancellation behind of something that is gone.
async function takeOffTheList(tx: TenantTransaction, effectId: string): Promise<void> {
  await tx.sql`
    with settled as (delete from process.effect where tenant_id = ${tx.tenantId} and id = ${effectId})
    delete from process.effect_cancellation
    where tenant_id = ${tx.tenantId} and (id = ${effectId} or cancelled_at < process.now() - interval '1 day')`;
}

// The call was made, so its outcome is kept even when nothing can follow from it yet. The database may be away for a
// moment; when it is away for longer, the lease ends and the call is made again.
async function keep({ database }: Options, claimed: Claimed, tried: Tried, reason: unknown): Promise<void> {
  const { id, tenant_id: tenantId, attempt_id: attemptId } = claimed;
  const error = String(reason);
  for (let pauseMs = 100; ; pauseMs *= 2) {
    try {
      await database.tenant(tenantId).sql`
        update process.effect set attempt_id = null, leased_by = null, tried = ${JSON.stringify(tried)}, last_error = ${error},
          follow_failures = follow_failures + 1, due_at = process.now() + make_interval(secs => least(2 ^ follow_failures, 15))
        where tenant_id = ${tenantId} and id = ${id} and attempt_id = ${attemptId}`;
      return;
    } catch (failure) {
      if (pauseMs > 3_000) throw failure;
      await wait(pauseMs);
    }
  }
}
