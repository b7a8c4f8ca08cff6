import type { z } from "zod";
import { fragment } from "#shared/database/fragment.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import type { Log } from "#shared/log/log.ts";
import { injectTrace } from "#shared/telemetry/telemetry.ts";
import { hint } from "./hints.ts";

/** Declares a call to the outside world: how it is made, how often it is tried, and what its outcome leads to. */
export function defineEffect<
  const Kind extends string,
  Payload extends z.ZodType,
  Result,
  Services = unknown,
>(effect: EffectOf<Kind, Payload, Result, Services>): EffectOf<Kind, Payload, Result, Services> {
  return effect;
}

/** A call to the outside world. */
export interface EffectOf<Kind extends string, Payload extends z.ZodType, Result, Services> {
  readonly kind: Kind;
  readonly payload: Payload;
  /** How long one attempt may take before another is made. */
  readonly startToCloseTimeoutSeconds: number;
  readonly retry: RetryPolicy;
  /**
   * The host that a call goes to, when users choose it: calls to it never keep those to others waiting. Empty, and the same as without
   * it, for ways of the installation's own, such as mail.
   */
  destinationOf?(payload: z.infer<Payload>): string;
  /**
   * How many calls a minute each worker makes for a tenant, as many at once when there were none for a minute. What is due beyond that
   * waits, longest first, and keeps no other tenant waiting. Without it there is no such bound.
   */
  mostPerMinute?(services: Services): number;
  /**
   * Looks, before each attempt, whether the call is still to be made: with which payload, or not at all (null). It only reads: where
   * something is to be written since the answer is another one, it is asked again in the transaction in which that is written.
   * Without it each attempt is made with what was asked for.
   */
  recheck?(
    db: TenantDatabase,
    asked: { effectId: string; payload: z.infer<Payload> },
  ): Promise<z.infer<Payload> | null>;
  /** Makes the call, in no transaction. Made at least once: use the effect's id as the idempotency key where there is one. */
  perform(payload: z.infer<Payload>, attempt: Attempt<Services>): Promise<Result>;
  /** What follows once it has succeeded, finally failed or was cancelled, in the transaction that takes it off the list. */
  settled(tx: TenantTransaction, settled: Settled<z.infer<Payload>, Result>): Promise<void>;
  /** What follows when an attempt failed and another will be made. */
  attempted?(tx: TenantTransaction, failed: Settled<z.infer<Payload>, never>): Promise<void>;
}

/** How often a call is tried, and how long to wait in between. */
export interface RetryPolicy {
  readonly initialIntervalSeconds: number;
  readonly backoffCoefficient: number;
  readonly maximumIntervalSeconds: number;
  readonly maximumAttempts: number;
  /** Names of errors that no further attempt would mend. */
  readonly nonRetryableErrors?: readonly string[];
}

/** One attempt at a call. */
export interface Attempt<Services> {
  readonly effectId: string;
  readonly attemptId: string;
  readonly tenantId: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Aborted when the attempt's time is over or the effect was cancelled, so that the call ends too. */
  readonly signal: AbortSignal;
  readonly services: Services;
  readonly log: Log;
}

/** A call and what came of it. */
export interface Settled<Payload, Result> {
  readonly effectId: string;
  readonly payload: Payload;
  readonly outcome: Outcome<Result>;
  /** How long it was due when the last attempt was begun. */
  readonly lateSeconds: number;
  /** Whether that was for a second or more since more calls of its tenant were due than are made in a minute. */
  readonly isRateLimited: boolean;
}

/** What came of an attempt. */
export type Outcome<Result> =
  | {
      readonly status: "succeeded";
      readonly result: Result;
      readonly attempt: number;
      readonly at: Temporal.Instant;
    }
  | {
      readonly status: "failed";
      readonly error: string;
      readonly attempt: number;
      readonly at: Temporal.Instant;
    }
  | {
      /** No attempt is made any more. */
      readonly status: "cancelled";
      /** How the attempt failed that was being made when the effect was cancelled; null when there was none. */
      readonly error: string | null;
      /** How many attempts were made. */
      readonly attempt: number;
      readonly at: Temporal.Instant;
    };

/** An effect of any kind, as the worker sees it. */
export type Effect = EffectOf<string, z.ZodType, unknown, unknown>;

/** What `request` and `cancel` need of an effect. */
interface Requestable<Payload extends z.ZodType> {
  readonly kind: string;
  readonly payload: Payload;
  destinationOf?(payload: z.infer<Payload>): string;
}

/** Asks for a call in the transaction that decided it. Asking again with the same id changes nothing until it is settled. */
export function request<Payload extends z.ZodType>(
  tx: TenantTransaction,
  effect: Requestable<Payload>,
  payload: z.infer<Payload>,
  { id, notBefore }: { id: string; notBefore?: Temporal.Instant | undefined },
): Promise<void> {
  return requestAll(tx, effect, [{ id, payload }], { notBefore });
}

/** Asks for several calls, as `request` does for each, in one statement. */
export async function requestAll<Payload extends z.ZodType>(
  tx: TenantTransaction,
  effect: Requestable<Payload>,
  asked: readonly { readonly id: string; readonly payload: z.infer<Payload> }[],
  { notBefore }: { notBefore?: Temporal.Instant | undefined } = {},
): Promise<void> {
  if (asked.length === 0) return;
  for (const { payload } of asked) effect.payload.parse(payload);
  const ids = asked.map(({ id }) => id);
  const destinations = asked.map(({ payload }) => effect.destinationOf?.(payload) ?? "");
  const payloads = asked.map(({ payload }) => JSON.stringify(payload));
  const now = await tx.now();
  tx.unanswered(fragment`
    with asked as (
      insert into process.effect (tenant_id, id, kind, destination, payload, trace, requested_at, due_at)
      select ${tx.tenantId}, id, ${effect.kind}, destination, payload::jsonb, ${injectTrace({})}::jsonb, ${now}::timestamptz,
        ${notBefore ?? now}::timestamptz
      from unnest(${ids}::uuid[], ${destinations}::text[], ${payloads}::text[]) as one (id, destination, payload)
      on conflict (tenant_id, id) do nothing returning id
    )
    delete from process.effect_cancellation
    where tenant_id = ${tx.tenantId} and id in (select id from asked)`);
  hint(tx, { work: "effect", kind: effect.kind });
}

/** What cancelling led to. */
export type Cancelled =
  /** No attempt is being made, and none will be; nothing is settled. */
  | "stopped"
  /** An attempt is being made, or what followed from it is being written down: it is cancelled, and is the last one. */
  | "in flight"
  /** There is no such effect: it was settled, or never asked for. */
  | "gone";

/**
 * Cancels a call: once this is committed no further attempt is begun. One that is in flight is cancelled, within half a
 * second wherever it is made, and settled: as succeeded when it did, else as cancelled. Never waits for whoever makes it.
 */
export async function cancel(
  tx: TenantTransaction,
  { kind }: { kind: string },
  id: string,
): Promise<Cancelled> {
  const [stopped] = await tx.sql`
    delete from process.effect where tenant_id = ${tx.tenantId} and id in (
      select id from process.effect
      where tenant_id = ${tx.tenantId} and kind = ${kind} and id = ${id}
        and tried is null and (attempt_id is null or due_at <= process.now())
      for update skip locked)
    returning id`;
  if (stopped) return "stopped";
  const [marked] = await tx.sql`
    insert into process.effect_cancellation (tenant_id, id, cancelled_at)
    select tenant_id, id, process.now() from process.effect
    where tenant_id = ${tx.tenantId} and kind = ${kind} and id = ${id}
    on conflict (tenant_id, id) do update set cancelled_at = excluded.cancelled_at
    returning id`;
  if (!marked) return "gone";
  tx.notifyAfterCommit(CANCELLATIONS, id);
  return "in flight";
}

/** The channel on which workers are notified of the ids of effects that were cancelled while in flight. */
export const CANCELLATIONS = "tocsin_cancellations";

/** How long to wait after the given attempt, in seconds. */
export function backoffSeconds(retry: RetryPolicy, attempt: number): number {
  return Math.min(
    retry.initialIntervalSeconds * retry.backoffCoefficient ** (attempt - 1),
    retry.maximumIntervalSeconds,
  );
}
