import { sqlStateOf } from "#shared/database/sqlState.ts";
import { TransactionLostError, type TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { OverdueError, within } from "./within.ts";

/** What became of the rows of a batch; those that are in none of these were not begun. */
export interface BatchOutcome<Row> {
  done: Row[];
  /** They kept the batch waiting: each is done again at once, in a transaction of its own, and has not failed. */
  alone: Row[];
  failed: { row: Row; error: unknown }[];
}

/** How a batch is worked on. */
export interface BatchOptions<Row> {
  /** How long one row may take at most, in seconds. */
  timeoutSeconds: number;
  /** Aborted when the worker lets go of what it has in hand: then it throws. */
  signal: AbortSignal;
  /** Whether a row is left alone because of one that was not done before. */
  waitsFor?: (row: Row, notDone: Row) => boolean;
  whatIsDone: string;
  work(tx: TenantTransaction, row: Row): Promise<void>;
}

/**
 * Works on the rows of a batch one after another, each in a savepoint of the same transaction. One that fails, that waits for a
 * lock or takes longer than a second, is undone by itself, and nothing happens to those beside it. Throws when the whole
 * transaction is lost; the row that was in hand then is in `failed`, and nothing of the others was kept.
 */
export async function inSavepoints<Row>(
  tx: TenantTransaction,
  rows: readonly Row[],
  outcome: BatchOutcome<Row>,
  options: BatchOptions<Row>,
): Promise<void> {
  const { timeoutSeconds, signal, waitsFor = () => false, whatIsDone, work } = options;
  const seconds = Math.min(timeoutSeconds, PATIENCE_SECONDS);
  await tx.sql`
    select set_config('statement_timeout', ${`${seconds * 1_000}`}, true),
      set_config('lock_timeout', ${`${LOCK_PATIENCE_MILLISECONDS}`}, true)`;
  for (const row of rows) {
    const notDone = [...outcome.alone, ...outcome.failed.map((failure) => failure.row)];
    if (notDone.some((one) => waitsFor(row, one))) continue;
    try {
      await tx.savepoint((piece) => within(seconds, whatIsDone, () => work(piece, row), { signal }));
      outcome.done.push(row);
    } catch (error) {
      const isLost = error instanceof TransactionLostError;
      if (!isLost && !signal.aborted && keptWaiting(error, seconds < timeoutSeconds)) outcome.alone.push(row);
      else outcome.failed.push({ row, error: isLost ? error.cause : error });
      if (isLost || signal.aborted) throw error;
    }
  }
}

/** How long a row may keep those beside it waiting. */
const PATIENCE_SECONDS = 1;
const LOCK_PATIENCE_MILLISECONDS = 100;

// Not got a lock in time, a deadlock, a statement that took too long, a serialization failure (PostgreSQL, appendix A).
const KEPT_WAITING: ReadonlySet<string> = new Set(["55P03", "40P01", "57014", "40001"]);

function keptWaiting(error: unknown, mayTakeLonger: boolean): boolean {
  if (error instanceof OverdueError) return mayTakeLonger;
  return KEPT_WAITING.has(sqlStateOf(error) ?? "");
}
