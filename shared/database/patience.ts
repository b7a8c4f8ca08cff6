import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { cancelStatement } from "./cancelStatement.ts";

/** How long rows are waited for, and how much of them is taken. Beyond it the server stops, too. */
export interface Patience {
  /** In milliseconds since the epoch; no statement is begun after it, or goes on. */
  readonly deadline: number;
  /** Aborted when nobody waits any longer; asked for when a transaction begins. */
  readonly signal?: (() => AbortSignal | undefined) | undefined;
  /** Told how many bytes each statement brought; throws when they are too many. */
  readonly brought?: ((bytes: number) => void) | undefined;
}

/** A way to ask a connection, as long as there is patience; `settled` waits for what was told to the server of its end. */
export interface Patiently {
  query(config: pg.QueryConfig): Promise<pg.QueryResult>;
  settled(): Promise<void>;
}

/** What is left of the time, in milliseconds: 1 at least, since 0 means for ever to the server. */
export function millisecondsLeft({ deadline }: Patience): number {
  return Math.max(1, Math.min(Math.ceil(deadline - Date.now()), LONGEST_MILLISECONDS));
}

const LONGEST_MILLISECONDS = 30_000;

/** Throws when there is no patience left. */
export function requirePatience({ deadline, signal }: Patience): void {
  if (signal?.()?.aborted || Date.now() > deadline) throw new Error("Nobody waits for this any longer");
}

/** Asks a connection through `query` for as long as there is patience. */
export function patiently(
  client: pg.ClientBase,
  query: (config: pg.QueryConfig) => Promise<pg.QueryResult>,
  patience: Patience,
): Patiently {
  const { deadline, brought } = patience;
  const signal = patience.signal?.();
  const { stream } = (client as unknown as Connected).connection;
  const asked = { answers: 0 };
  let counted = stream.bytesRead;
  let overdue: NodeJS.Timeout | undefined;
  let cancelling: Promise<void> | undefined;
  // What is cancelled fails whatever was sent after it in the same transaction. One that gets there between two statements cancels none.
  const cancelAll = async (): Promise<void> => {
    while (asked.answers > 0) {
      await cancelStatement(client);
      if (asked.answers > 0) await wait(AGAIN_MILLISECONDS);
    }
  };
  const cancel = () => void (cancelling ??= cancelAll());
  signal?.addEventListener("abort", cancel, { once: true });
  return {
    async query(config) {
      requirePatience({ deadline, signal: () => signal });
      asked.answers += 1;
      // Each of several that are sent at once has the time that the server was told to take for one.
      if (asked.answers > 1) overdue ??= setTimeout(cancel, deadline - Date.now());
      try {
        const result = await query(config);
        // Of several that are on their way, each answer is what was read since the one before it.
        const bytes = stream.bytesRead - counted;
        counted = stream.bytesRead;
        brought?.(bytes);
        return result;
      } finally {
        asked.answers -= 1;
      }
    },
    async settled() {
      clearTimeout(overdue);
      signal?.removeEventListener("abort", cancel);
      // What it cancels must not be what somebody else asks on the connection next.
      await cancelling;
    },
  };
}

const AGAIN_MILLISECONDS = 20;

interface Connected {
  readonly connection: { readonly stream: { readonly bytesRead: number } };
}
