import type { AcrossTenants, Database } from "#shared/database/database.ts";
import { rateLimited, type Log } from "#shared/log/log.ts";

/** The attempts that a worker makes at this moment: their leases are renewed, and each can be called off. */
export interface AttemptsInHand {
  /** Keeps an attempt's lease, and has it called off when there is a reason to, until the answer is called. */
  add(attempt: AttemptInHand): () => void;
  /** The effect of this id was cancelled. */
  cancel(effectId: string): void;
  /** The worker stops: all that is in hand is called off. */
  stop(): void;
}

/** An attempt while it is made. */
export interface AttemptInHand {
  readonly effectId: string;
  readonly tenantId: string;
  readonly attemptId: string;
  callOff(why: CalledOff): void;
}

/** Why an attempt is called off: its effect was cancelled, its lease went to another worker, or its worker stops. */
export type CalledOff = "cancelled" | "lost" | "stopping";

/** How long a lease lasts that nobody renews: what a worker that is stopped or cut off makes others wait. */
export const LEASE_SECONDS = 5;

/** How often leases are renewed, and it is looked whether an effect was cancelled; notifications may be missed. */
const LOOK_MS = 500;

/** Keeps the attempts of a worker, and looks after them for as long as there are any. */
export function createAttemptsInHand({ database, log }: { database: Database; log: Log }): AttemptsInHand {
  const inHand = new Map<string, AttemptInHand>();
  const complaints = rateLimited(log, { perSeconds: 10 });
  let next: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    if (inHand.size === 0) return;
    for (const { attempt_id: attemptId, is_held: isHeld } of await renew(database, [...inHand.values()])) {
      inHand.get(attemptId)?.callOff(isHeld ? "cancelled" : "lost");
    }
  };
  const goOn = (): void => {
    next = setTimeout(() => {
      const looked = look().catch((error: unknown) =>
        complaints.warn({ err: error }, "A worker could not renew the leases of its calls"),
      );
      void looked.then(() => (inHand.size > 0 ? goOn() : (next = undefined)));
    }, LOOK_MS);
    next.unref();
  };

  return {
    add(attempt) {
      inHand.set(attempt.attemptId, attempt);
      if (!next) goOn();
      return () => void inHand.delete(attempt.attemptId);
    },
    cancel(effectId) {
      for (const attempt of inHand.values()) if (attempt.effectId === effectId) attempt.callOff("cancelled");
    },
    stop() {
      for (const attempt of inHand.values()) attempt.callOff("stopping");
    },
  };
}

interface ToCallOff {
  attempt_id: string;
  is_held: boolean;
}

// One statement for all leases; the answer is which attempts are not to go on. What is being written down is locked, and
// needs no renewal. Need not survive a crash of the database, so nobody waits for its disk.
function renew(database: Database, attempts: readonly AttemptInHand[]): Promise<ToCallOff[]> {
  const tenantIds = attempts.map(({ tenantId }) => tenantId);
  const effectIds = attempts.map(({ effectId }) => effectId);
  const attemptIds = attempts.map(({ attemptId }) => attemptId);
  return database.acrossTenants("renew the leases of calls", ({ sql, last }: AcrossTenants) =>
    last(
      () => sql<ToCallOff>`
    with mine as materialized (
      select tenant_id, mine.id, mine.attempt_id, effect.id is not null as is_held
      from unnest(${tenantIds}::uuid[], ${effectIds}::uuid[], ${attemptIds}::uuid[]) as mine (tenant_id, id, attempt_id)
      left join process.effect using (tenant_id, id, attempt_id)
    ), free as materialized (
      select tenant_id, id from process.effect join mine using (tenant_id, id, attempt_id) for update of effect skip locked
    ), renewed as (
      update process.effect set due_at = process.now() + make_interval(secs => ${LEASE_SECONDS})
      from free where effect.tenant_id = free.tenant_id and effect.id = free.id
    )
    select attempt_id, is_held, set_config('synchronous_commit', 'off', true) from mine
    where not is_held or exists (
      select from process.effect_cancellation cancelled
      where cancelled.tenant_id = mine.tenant_id and cancelled.id = mine.id)`,
    ),
  );
}
