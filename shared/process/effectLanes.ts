import { setTimeout as wait } from "node:timers/promises";
import { ZodError } from "zod";
import { fragment } from "#shared/database/fragment.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { withTenant } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { continueTrace, span } from "#shared/telemetry/telemetry.ts";
import type { AttemptsInHand, CalledOff } from "./attemptsInHand.ts";
import type { CallSlot, CallSlots } from "./callSlots.ts";
import { dueQueuesOf } from "./dueQueues.ts";
import { claimInSlots, rateOf, type CallLane, type ClaimedCall, type Tried } from "./claimCalls.ts";
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

const NOT_MADE: Tried = { ok: false, error: null, isFinal: true };

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
  options: CallLane,
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

async function makeInSlot(
  options: CallLane,
  effect: Effect,
  claimed: ClaimedCall,
  slot: CallSlot,
): Promise<void> {
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

/** What cancels an attempt, and the reason. */
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

// What came of it, unless it is settled already, or another worker is to make it.
async function makeAttempt(
  options: CallLane,
  effect: Effect,
  claimed: ClaimedCall,
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
  { database }: CallLane,
  { kind }: Effect,
  { id, tenant_id: tenantId, attempt_id: attemptId }: ClaimedCall,
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

// Most are made as they were asked for, and nothing is written. Otherwise it is looked again, together with what is written then.
async function isStillWanted({ database }: CallLane, effect: Effect, claimed: ClaimedCall): Promise<boolean> {
  if (!effect.recheck) return true;
  const db = database.tenant(claimed.tenant_id);
  const payload = effect.payload.parse(claimed.payload);
  const present = await db.reading((reading) => recheck(reading, effect, claimed, payload));
  if (present !== null && isSame(present, payload)) return true;
  return db.transaction((tx) => keepPresent(tx, effect, claimed, payload));
}

// What is present has its properties in the same order as what was asked.
async function recheck(
  db: TenantDatabase,
  effect: Effect,
  { id: effectId }: ClaimedCall,
  payload: unknown,
): Promise<unknown> {
  const present = await effect.recheck!(db, { effectId, payload });
  return present === null ? null : effect.payload.parse(present);
}

function isSame(present: unknown, payload: unknown): boolean {
  return JSON.stringify(present) === JSON.stringify(payload);
}

// The payload is kept as it is now, so that what follows gets what was sent.
async function keepPresent(
  tx: TenantTransaction,
  effect: Effect,
  claimed: ClaimedCall,
  payload: unknown,
): Promise<boolean> {
  const { id: effectId, tenant_id: tenantId, attempt_id: attemptId } = claimed;
  const present = await recheck(tx, effect, claimed, payload);
  if (present === null) {
    if (await holdsLease(tx, claimed)) await follow(tx, effect, claimed, NOT_MADE);
    tx.afterCommit(() => attempts.inc({ kind: effect.kind, outcome: "cancelled" }));
    return false;
  }
  if (isSame(present, payload)) return true;
  claimed.payload = present;
  await tx.sql`
    update process.effect set payload = ${JSON.stringify(present)}, destination = ${effect.destinationOf?.(present) ?? ""}
    where tenant_id = ${tenantId} and id = ${effectId} and attempt_id = ${attemptId}`;
  return true;
}

async function perform(
  { services, log }: CallLane,
  effect: Effect,
  claimed: ClaimedCall,
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

async function writeDown(
  options: CallLane,
  effect: Effect,
  claimed: ClaimedCall,
  tried: Tried,
): Promise<void> {
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
  { id, tenant_id: tenantId, attempt_id: attemptId }: ClaimedCall,
): Promise<boolean> {
  const [held] = await tx.sql`
    select id from process.effect where tenant_id = ${tenantId} and id = ${id} and attempt_id = ${attemptId} for update`;
  return held !== undefined;
}

async function follow(
  tx: TenantTransaction,
  effect: Effect,
  claimed: ClaimedCall,
  tried: Tried,
): Promise<Outcome<unknown>["status"]> {
  const { id: effectId, attempt: number, payload, isRateLimited, late_seconds: lateSeconds } = claimed;
  const outcome = await outcomeOf(tx, claimed, tried);
  if (outcome.status !== "failed" || (!tried.ok && tried.isFinal) || number >= effect.retry.maximumAttempts) {
    takeOffTheList(tx, effectId);
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
  { id: effectId, attempt: number }: ClaimedCall,
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
function takeOffTheList(tx: TenantTransaction, effectId: string): void {
  tx.unanswered(fragment`
    with settled as (delete from process.effect where tenant_id = ${tx.tenantId} and id = ${effectId})
    delete from process.effect_cancellation
    where tenant_id = ${tx.tenantId} and (id = ${effectId} or cancelled_at < process.now() - interval '1 day')`);
}

// The call was made, so its outcome is kept even when nothing can follow from it yet. The database may be away for a
// moment; when it is away for longer, the lease ends and the call is made again.
async function keep(
  { database }: CallLane,
  claimed: ClaimedCall,
  tried: Tried,
  reason: unknown,
): Promise<void> {
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
