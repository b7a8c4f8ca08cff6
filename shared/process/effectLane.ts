import { randomUUID } from "node:crypto";
import type { Database } from "#shared/database/database.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { withTenant, type Log } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { continueTrace, span } from "#shared/telemetry/telemetry.ts";
import { backoffSeconds, type Effect, type Outcome } from "./effects.ts";
import { untilDue } from "./untilDue.ts";
import type { Lane, WorkerOptions } from "./worker.ts";

/** Makes the calls to the outside world: each attempt under a lease, its outcome written down in one transaction. */
export function effectLane({ database, log, effects, services }: WorkerOptions): Lane | null {
  if (effects.length === 0) return null;
  const byKind = new Map(effects.map((effect) => [effect.kind, effect]));
  const kinds = [...byKind.keys()];
  return {
    hears: new Set(kinds.map((kind) => `effect ${kind}`)),
    async runOne() {
      const claimed = await claim(database, byKind);
      if (!claimed) return false;
      const effect = byKind.get(claimed.kind)!;
      const tried = await withTenant(claimed.tenant_id, () =>
        continueTrace(claimed.trace, () => perform(effect, claimed, { log, services })),
      );
      await writeDown(database, effect, claimed, tried, log);
      return true;
    },
    untilNext: () =>
      untilDue(
        database,
        (sql) => sql`
      select min(greatest(due_at, lease_until)) as due_at from process.effect where kind = any (${kinds})`,
      ),
  };
}

interface Claimed {
  id: string;
  tenant_id: string;
  kind: string;
  payload: unknown;
  trace: Record<string, string>;
  /** The number of this attempt. */
  attempt: number;
  attemptId: string;
}

type Tried = { ok: true; result: unknown } | { ok: false; error: string; isFinal: boolean };

// Between the end of an attempt's time and that of its lease lies time to write its outcome down.
const LEASE_MARGIN_SECONDS = 5;

const attempts = counter("process_effect_attempts_total", "Attempts at calls by what became of them", [
  "kind",
  "outcome",
]);

async function claim(database: Database, effects: ReadonlyMap<string, Effect>): Promise<Claimed | null> {
  const kinds = [...effects.keys()];
  const attemptId = randomUUID();
  return database.acrossTenants("make the next call", async ({ sql }) => {
    const [due] = await sql<Omit<Claimed, "attemptId">>`
      select id, tenant_id, kind, payload, trace, attempt from process.effect
      where kind = any (${kinds}) and due_at <= process.now() and (lease_until is null or lease_until <= process.now())
      order by due_at limit 1 for update skip locked`;
    if (!due) return null;
    const leaseSeconds = effects.get(due.kind)!.startToCloseTimeoutSeconds + LEASE_MARGIN_SECONDS;
    await sql`
      update process.effect set attempt = attempt + 1, attempt_id = ${attemptId},
        lease_until = process.now() + make_interval(secs => ${leaseSeconds})
      where tenant_id = ${due.tenant_id} and id = ${due.id}`;
    return { ...due, attempt: due.attempt + 1, attemptId };
  });
}

function perform(effect: Effect, claimed: Claimed, parts: { log: Log; services: unknown }): Promise<Tried> {
  const { id: effectId, tenant_id: tenantId, attempt, attemptId, payload } = claimed;
  const timeoutMs = effect.startToCloseTimeoutSeconds * 1_000;
  return span(
    `effect ${effect.kind}`,
    { "tocsin.effect_id": effectId, "tocsin.attempt": attempt },
    async () => {
      const signal = AbortSignal.timeout(timeoutMs);
      const overdue = new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error(`took longer than ${timeoutMs / 1_000} s`)), {
          once: true,
        });
      });
      try {
        const known = { effectId, attemptId, tenantId, attempt, signal, ...parts };
        const call = effect.perform(effect.payload.parse(payload), known);
        return { ok: true, result: await Promise.race([call, overdue]) } as const;
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        const isFinal = effect.retry.nonRetryableErrors?.includes(name) ?? false;
        parts.log.warn({ err: error, effect: effect.kind, effectId, attempt }, "A call failed");
        return { ok: false, error: message, isFinal } as const;
      }
    },
  );
}

async function writeDown(
  database: Database,
  effect: Effect,
  claimed: Claimed,
  tried: Tried,
  log: Log,
): Promise<void> {
  const { id: effectId, tenant_id: tenantId, attempt, attemptId } = claimed;
  const wasHeard = await database.tenant(tenantId).transaction(async (tx) => {
    const [held] = await tx.sql<{ id: string }>`
      select id from process.effect where tenant_id = ${tenantId} and id = ${effectId} and attempt_id = ${attemptId} for update`;
    if (!held) return false;
    await conclude(tx, effect, claimed, tried);
    return true;
  });
  const outcome = wasHeard ? (tried.ok ? "succeeded" : "failed") : "late";
  attempts.inc({ kind: effect.kind, outcome });
  if (!wasHeard) log.warn({ effectId, attempt }, "An attempt lost its lease, and its answer is not heard");
}

async function conclude(
  tx: TenantTransaction,
  effect: Effect,
  claimed: Claimed,
  tried: Tried,
): Promise<void> {
  const { id: effectId, attempt } = claimed;
  const payload = effect.payload.parse(claimed.payload);
  const at = await tx.now();
  const outcome: Outcome<unknown> = tried.ok
    ? { status: "succeeded", result: tried.result, attempt, at }
    : { status: "failed", error: tried.error, attempt, at };
  if (tried.ok || tried.isFinal || attempt >= effect.retry.maximumAttempts) {
    await tx.sql`delete from process.effect where tenant_id = ${tx.tenantId} and id = ${effectId}`;
    await effect.settled(tx, { effectId, payload, outcome });
    return;
  }
  const delaySeconds = backoffSeconds(effect.retry, attempt);
  await tx.sql`
    update process.effect set attempt_id = null, lease_until = null, last_error = ${tried.error},
      due_at = process.now() + make_interval(secs => ${delaySeconds})
    where tenant_id = ${tx.tenantId} and id = ${effectId}`;
  await effect.attempted?.(tx, { effectId, payload, outcome: outcome as Outcome<never> });
}
