import { fragment } from "#shared/database/fragment.ts";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { hint } from "./hints.ts";

/**
 * Declares a process: a thing with a clock. Whenever its time has come, it is locked, `tick` decides by the thing, the
 * time and the answers, `carryOut` writes down what was decided, and the next time is set, all in one transaction.
 */
export function defineProcess<Thing, Decision extends NextWake, Answers = undefined, Services = unknown>(
  process: ProcessOf<Thing, Decision, Answers, Services>,
): Process {
  return process;
}

/** How a process goes on. */
export interface ProcessOf<Thing, Decision extends NextWake, Answers = undefined, Services = unknown> {
  /** The kind of thing; also the kind of its timers. */
  readonly kind: string;
  /** The thing without a lock, for asking; null when there is none any more. */
  load(db: TenantDatabase, id: string): Promise<Thing | null>;
  /**
   * What has to be asked of other services before it can be decided. No transaction is open meanwhile, so the thing that is
   * locked afterwards may have changed; answers from before somebody woke the process are not used.
   */
  ask?(services: Services, thing: Thing, context: AskContext): Promise<Answers>;
  /** The thing, locked until the transaction ends. */
  lock(tx: TenantTransaction, id: string): Promise<Thing | null>;
  /** Decides. A pure function: the same thing, time and answers always lead to the same decision. */
  tick(thing: Thing, now: Temporal.Instant, answers: Answers): Decision;
  /** Writes down what was decided: moves, rows, commands, effects. */
  carryOut(tx: TenantTransaction, thing: Thing, decision: Decision): Promise<void>;
}

/** When to look at the thing again; null for never, unless somebody wakes it. */
export interface NextWake {
  readonly nextWakeAt: Temporal.Instant | null;
}

/** For whom and when questions are asked. */
export interface AskContext {
  readonly tenantId: string;
  readonly now: Temporal.Instant;
  /** Aborted when asking took so long (4 s) that the look is given up, and made again later. */
  readonly signal: AbortSignal;
}

/** A process of any kind, as the worker sees it. */
export type Process = ProcessOf<unknown, NextWake, unknown>;

/** What `wake` needs of a process. */
export type Wakeable = Pick<Process, "kind">;

/**
 * Has a process looked at, at once or at a time given, instead of at the time it was to be looked at. To decide together with
 * the thing itself, lock the thing first.
 */
export async function wake(
  tx: TenantTransaction,
  process: Wakeable,
  id: string,
  at?: Temporal.Instant,
): Promise<void> {
  await wakeAll(tx, process, [{ id, at: at ?? (await tx.now()) }]);
}

/** Has several processes of a kind looked at, each at its time, in one statement. */
export async function wakeAll(
  tx: TenantTransaction,
  { kind }: Wakeable,
  times: readonly { readonly id: string; readonly at: Temporal.Instant }[],
): Promise<void> {
  if (times.length === 0) return;
  const ids = times.map(({ id }) => id);
  const moments = times.map(({ at }) => at.toString());
  tx.unanswered(fragment`
    insert into process.timer (tenant_id, kind, subject_id, due_at)
    select ${tx.tenantId}, ${kind}, id, due_at
    from unnest(${ids}::uuid[], ${moments}::timestamptz[]) as one (id, due_at)
    on conflict (tenant_id, kind, subject_id)
    do update set due_at = excluded.due_at, asked_until = null, attempt = 0, last_error = null,
      failing_since = null`);
  hint(tx, { work: "timer", kind });
}

/** Has a process looked at no more, until somebody wakes it again. */
export async function cancelWake(tx: TenantTransaction, { kind }: Wakeable, id: string): Promise<void> {
  tx.unanswered(fragment`
    delete from process.timer where tenant_id = ${tx.tenantId} and kind = ${kind} and subject_id = ${id}`);
}
