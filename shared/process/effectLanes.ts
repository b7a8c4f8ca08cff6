import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { withTenant } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { continueTrace, span } from "#shared/telemetry/telemetry.ts";
import { backoffSeconds, type Effect, type Outcome } from "./effects.ts";
import type { Lane } from "./lane.ts";
import { within } from "./within.ts";
import type { WorkerOptions } from "./worker.ts";

/** A lane per kind of call to the outside world: each attempt under a lease, its outcome written down in one transaction. */
export function effectLanes(options: WorkerOptions): Lane[] {
  return options.effects.map((effect) => ({
    work: "effect",
    kind: effect.kind,
    runOne: (onTaken) => runOne(options, effect, onTaken),
  }));
}

interface Claimed {
  id: string;
  tenant_id: string;
  payload: unknown;
  trace: Record<string, string>;
  /** The number of this attempt. */
  attempt: number;
  attempt_id: string;
  /** What came of it, when the call has been made already and only what follows is missing. */
  tried: Tried | null;
}

/** What came of an attempt. */
type Tried = { ok: true; result: unknown } | { ok: false; error: string; isFinal: boolean };

// Between the end of an attempt's time and that of its lease lies time to write its outcome down.
const LEASE_MARGIN_SECONDS = 5;

// An attempt that died with its worker is not held against the call, but it may be the call that kills.
const MOST_LOST_ATTEMPTS = 10;

const attempts = counter("process_effect_attempts_total", "Attempts at calls by what became of them", [
  "kind",
  "outcome",
]);

async function runOne(options: WorkerOptions, effect: Effect, onTaken?: () => void): Promise<boolean> {
  const claimed = await claim(options, effect);
  if (!claimed) return false;
  onTaken?.();
  await withTenant(claimed.tenant_id, () =>
    continueTrace(claimed.trace, async () => {
      const tried = claimed.tried ?? (await perform(options, effect, claimed));
      await writeDown(options, effect, claimed, tried);
    }),
  );
  return true;
}

// While the lease lasts the row is due at its end, so that whoever looks for what is due finds no row in vain.
async function claim({ database }: WorkerOptions, effect: Effect): Promise<Claimed | undefined> {
  const { kind, startToCloseTimeoutSeconds } = effect;
  const leaseSeconds = startToCloseTimeoutSeconds + LEASE_MARGIN_SECONDS;
  return database.acrossTenants("make the next call", async ({ sql }) => {
    const [claimed] = await sql<Claimed>`
      with next as materialized (
        select tenant_id, id from process.effect
        where kind = ${kind} and due_at <= process.now()
        order by due_at limit 1 for update skip locked
      )
      update process.effect
      set attempt = case when tried is null then attempt + 1 else attempt end, attempt_id = ${randomUUID()},
        due_at = process.now() + make_interval(secs => ${leaseSeconds})
      from next where effect.tenant_id = next.tenant_id and effect.id = next.id
      returning effect.id, effect.tenant_id, payload, trace, attempt, attempt_id, tried`;
    return claimed;
  });
}

async function perform({ services, log }: WorkerOptions, effect: Effect, claimed: Claimed): Promise<Tried> {
  const { kind, startToCloseTimeoutSeconds: seconds, retry } = effect;
  const { id: effectId, tenant_id: tenantId, attempt, attempt_id: attemptId } = claimed;
  if (attempt > retry.maximumAttempts + MOST_LOST_ATTEMPTS) {
    return { ok: false, error: "whoever made the call died each time", isFinal: true };
  }
  const stop = new AbortController();
  const known = { effectId, attemptId, tenantId, attempt, signal: stop.signal, services, log };
  try {
    const result = await span(
      `effect ${kind}`,
      { "tocsin.effect_id": effectId, "tocsin.attempt": attempt },
      () =>
        within(seconds, `The call ${kind}`, async () =>
          effect.perform(effect.payload.parse(claimed.payload), known),
        ),
    );
    return { ok: true, result };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    log.warn({ err: error, effect: kind, effectId, attempt }, "A call failed");
    return { ok: false, error: message, isFinal: retry.nonRetryableErrors?.includes(name) ?? false };
  } finally {
    stop.abort();
  }
}

async function writeDown(
  options: WorkerOptions,
  effect: Effect,
  claimed: Claimed,
  tried: Tried,
): Promise<void> {
  const { database, log } = options;
  const { id: effectId, attempt } = claimed;
  try {
    const isHeard = await database.tenant(claimed.tenant_id).transaction(async (tx) => {
      if (!(await holdsLease(tx, claimed))) return false;
      await follow(tx, effect, claimed, tried);
      return true;
    });
    attempts.inc({ kind: effect.kind, outcome: !isHeard ? "late" : tried.ok ? "succeeded" : "failed" });
    if (!isHeard) log.warn({ effectId, attempt }, "An attempt lost its lease, and its answer is not heard");
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

async function follow(tx: TenantTransaction, effect: Effect, claimed: Claimed, tried: Tried): Promise<void> {
  const { id: effectId, attempt, payload } = claimed;
  const at = await tx.now();
  const outcome: Outcome<unknown> = tried.ok
    ? { status: "succeeded", result: tried.result, attempt, at }
    : { status: "failed", error: tried.error, attempt, at };
  if (tried.ok || tried.isFinal || attempt >= effect.retry.maximumAttempts) {
    await tx.sql`delete from process.effect where tenant_id = ${tx.tenantId} and id = ${effectId}`;
    await effect.settled(tx, { effectId, payload, outcome });
    return;
  }
  await tx.sql`
    update process.effect set attempt_id = null, tried = null, last_error = ${tried.error},
      due_at = process.now() + make_interval(secs => ${backoffSeconds(effect.retry, attempt)})
    where tenant_id = ${tx.tenantId} and id = ${effectId}`;
  await effect.attempted?.(tx, { effectId, payload, outcome: outcome as Outcome<never> });
}

// The call was made, so its outcome is kept even when nothing can follow from it yet. The database may be away for a
// moment; when it is away for longer, the lease ends and the call is made again.
async function keep(
  { database }: WorkerOptions,
  claimed: Claimed,
  tried: Tried,
  reason: unknown,
): Promise<void> {
  const { id, tenant_id: tenantId, attempt_id: attemptId } = claimed;
  const error = String(reason);
  for (let pauseMs = 100; ; pauseMs *= 2) {
    try {
      await database.tenant(tenantId).sql`
        update process.effect set attempt_id = null, tried = ${JSON.stringify(tried)}, last_error = ${error},
          due_at = process.now() + interval '1 s'
        where tenant_id = ${tenantId} and id = ${id} and attempt_id = ${attemptId}`;
      return;
    } catch (failure) {
      if (pauseMs > 3_000) throw failure;
      await wait(pauseMs);
    }
  }
}
