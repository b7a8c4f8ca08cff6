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

/** Asks a connection through `query` for as long as there is patience. */
export function patiently(
  client: pg.ClientBase,
  query: (config: pg.QueryConfig) => Promise<pg.QueryResult>,
  { deadline, signal: signalOf, brought }: Patience,
): Patiently {
  const signal = signalOf?.();
  const { stream } = (client as unknown as Connected).connection;
  let asked = 0;
  let cancelling: Promise<void> | undefined;
  const cancel = () => {
    if (asked > 0) cancelling ??= cancelStatement(client);
  };
  signal?.addEventListener("abort", cancel, { once: true });
  return {
    async query(config) {
      if (signal?.aborted || Date.now() > deadline) throw new Error("Nobody waits for this any longer");
      const before = stream.bytesRead;
      asked += 1;
      try {
        const result = await query(config);
        brought?.(stream.bytesRead - before);
        return result;
      } finally {
        asked -= 1;
      }
    },
    async settled() {
      signal?.removeEventListener("abort", cancel);
      // What it cancels must not be what somebody else asks on the connection next.
      await cancelling;
    },
  };
}

interface Connected {
  readonly connection: { readonly stream: { readonly bytesRead: number } };
}
