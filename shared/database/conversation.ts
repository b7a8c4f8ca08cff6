import pg from "pg";
import { send, type Asked, type SentCount } from "./connection.ts";
import { sqlStateOf } from "./sqlState.ts";

/**
 * What is asked of one connection within a transaction: each statement is sent at once, whether or not those before it are answered,
 * and they are done and answered in the order of asking (PostgreSQL documentation, 54.2.4 Pipelining).
 */
export interface Conversation extends Asked {
  /** Rejects with what failed first, when it was not done because of that. */
  query(config: pg.QueryConfig): Promise<pg.QueryResult>;
  /** Asks likewise for what the work does not wait for: when it fails, so does whatever is asked after it, with its error. */
  tell(config: pg.QueryConfig): Promise<pg.QueryResult>;
  /** Whether all that was asked is answered, and nothing failed. */
  isSettled(): boolean;
  /** What failed first, once all that was asked is answered; null when nothing did. */
  failure(): Promise<Failure | null>;
  /** Asks to go back to a savepoint, with which whatever failed since is forgotten. */
  goBack(config: pg.QueryConfig): Promise<void>;
}

/** What failed, and whether nobody waited for its answer. */
export interface Failure {
  readonly error: unknown;
  readonly wasTold: boolean;
}

/** Begins to keep count of what is asked of a connection. */
export function converse(client: Asked): Conversation {
  const unanswered = new Set<Promise<unknown>>();
  let first: Failure | null = null;
  const ask = async (config: pg.QueryConfig, wasTold: boolean): Promise<pg.QueryResult> => {
    const answer = client.query(config);
    unanswered.add(answer);
    try {
      const result = await answer;
      // What a transaction was to begin with is missing: what came after it was done without.
      if (first?.wasTold) throw first.error;
      return result;
    } catch (error) {
      nameStatement(error, config);
      first ??= { error, wasTold };
      throw BECAUSE_OF_ANOTHER.has(sqlStateOf(error) ?? "") ? first.error : error;
    } finally {
      unanswered.delete(answer);
    }
  };
  const allAnswered = async (): Promise<void> => {
    while (unanswered.size > 0) await Promise.allSettled(unanswered);
  };
  return {
    query: (config) => ask(config, false),
    tell: (config) => ask(config, true),
    isSettled: () => unanswered.size === 0 && first === null,
    async failure() {
      await allAnswered();
      return first;
    },
    async goBack(config) {
      await client.query(config);
      await allAnswered();
      first = null;
    },
  };
}

// A statement that comes after one that failed (in_failed_sql_transaction), or runs what that one was to prepare
// (invalid_sql_statement_name).
const BECAUSE_OF_ANOTHER: ReadonlySet<string> = new Set(["25P02", "26000"]);

// The database says what is wrong and at which position, but not of which statement. Its values are not part of the text.
function nameStatement(error: unknown, { text }: pg.QueryConfig): void {
  if (error instanceof pg.DatabaseError && !("statement" in error))
    Object.assign(error, { statement: text.slice(0, MOST_OF_A_STATEMENT) });
}

const MOST_OF_A_STATEMENT = 2_000;

/** Sends one statement whose answer need not be waited for: that it failed is heard by whoever asks next in its transaction. */
export function tell(
  conversation: Pick<Conversation, "tell">,
  count: SentCount,
  query: pg.QueryConfig,
): Promise<pg.QueryResult> {
  const answer = send({ query: conversation.tell }, count, query);
  answer.catch(() => {});
  return answer;
}
