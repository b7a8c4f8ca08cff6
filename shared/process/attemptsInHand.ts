import type { Database } from "#shared/database/database.ts";
import { rateLimited, type Log } from "#shared/log/log.ts";

/** The attempts that a worker makes at this moment, so that each can be called off. */
export interface AttemptsInHand {
  /** Has an attempt called off when its effect is cancelled, until the answer is called. */
  add(effectId: string, callOff: () => void): () => void;
  /** The effect of this id was cancelled. */
  callOff(effectId: string): void;
}

/** How often it is looked whether an effect with an attempt in hand was cancelled; notifications may be missed. */
const LOOK_MS = 500;

/** Keeps the attempts of a worker, and looks whether one of them was cancelled for as long as there is any. */
export function createAttemptsInHand({ database, log }: { database: Database; log: Log }): AttemptsInHand {
  const inHand = new Map<string, () => void>();
  const complaints = rateLimited(log, { perSeconds: 10 });
  let next: NodeJS.Timeout | undefined;

  const look = async (): Promise<void> => {
    for (const id of await cancelledOf(database, [...inHand.keys()])) inHand.get(id)?.();
  };
  const goOn = (): void => {
    next = setTimeout(() => {
      const looked = look().catch((error: unknown) =>
        complaints.warn({ err: error }, "A worker could not see which of its calls were cancelled"),
      );
      void looked.then(() => (inHand.size > 0 ? goOn() : (next = undefined)));
    }, LOOK_MS);
    next.unref();
  };

  return {
    add(effectId, callOff) {
      inHand.set(effectId, callOff);
      if (!next) goOn();
      return () => {
        if (inHand.get(effectId) === callOff) inHand.delete(effectId);
      };
    },
    callOff: (effectId) => inHand.get(effectId)?.(),
  };
}

async function cancelledOf(database: Database, effectIds: readonly string[]): Promise<string[]> {
  if (effectIds.length === 0) return [];
  return database.acrossTenants("see which calls were cancelled", async ({ sql }) => {
    const rows = await sql<{ id: string }>`
      select id from process.effect_cancellation where id = any (${effectIds}::uuid[])`;
    return rows.map(({ id }) => id);
  });
}
