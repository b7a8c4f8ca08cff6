import { setTimeout as wait } from "node:timers/promises";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { ExposedError } from "#shared/errors/exposed.ts";

/** Two moves of the same thing raced, and this is the one that lost. Trying again sees where the other led. */
export class TransitionConflict extends ExposedError {
  constructor(machine: string, id: string, move: string, options?: ErrorOptions) {
    super("CONFLICT", `${machine} ${id}: another move came before ${move}`, {}, options);
    this.name = "TransitionConflict";
  }
}

/**
 * Runs the work in a transaction, and again in a new one when it lost a race: to another move, to a serialization failure
 * or to a deadlock. Inside a transaction that is there already it runs once, since only the whole can be tried again.
 */
export async function retryConflicts<T>(
  db: TenantDatabase,
  work: (tx: TenantTransaction) => Promise<T>,
  { attempts = 5 }: { attempts?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if ("lock" in db || attempt === attempts || !isLostRace(error)) throw error;
      // Not all of those who lost come back at the same moment.
      await wait(Math.random() * 10 * attempt);
    }
  }
}

function isLostRace(error: unknown): boolean {
  const state = sqlState(error);
  return error instanceof TransitionConflict || state === "40001" || state === "40P01";
}

function sqlState(error: unknown): unknown {
  return error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
}
