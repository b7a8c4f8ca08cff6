import type { Socket } from "node:net";
import type pg from "pg";
import { send, type Asked, type SentCount } from "./connection.ts";
import type { ConnectionTurns } from "./connectionTurns.ts";
import { converse, tell, type Conversation } from "./conversation.ts";
import { lend } from "./lend.ts";
import { patiently, requirePatience, type Patience } from "./patience.ts";
import type { SilentConnections } from "./silentConnections.ts";
import { toldOfAbsence } from "./unavailable.ts";

/** What connections are taken from, and watched by. */
export interface Connections {
  readonly pool: pg.Pool;
  readonly turns: ConnectionTurns;
  readonly count: SentCount;
  readonly silence: SilentConnections;
}

/** How a transaction is begun. */
export interface Beginning {
  /** Whose it is, for taking turns; null when it belongs to no tenant. */
  readonly tenantId: string | null;
  readonly patience?: Patience | undefined;
  /** The statements that begin it: sent together with the first of the work, whose answer is that of the last of them. */
  readonly text: string;
  /** Whether nothing is written in it: nobody waits for its commit. */
  readonly isReadOnly: boolean;
}

/** A transaction at work. */
export interface Ongoing {
  readonly conversation: Conversation;
  /** What the last of the statements that began it gave back. Need not be waited for. */
  readonly begun: Promise<pg.QueryResult>;
  /**
   * Sends the commit together with what the statements ask before they first wait for an answer; nothing else is asked afterwards.
   * The answer is theirs. What they throw once they were answered takes nothing back.
   */
  last<T>(statements: () => Promise<T>): Promise<T>;
  /** Nothing was written after all: nobody waits for the commit. */
  onlyRead(): void;
}

/**
 * Runs the work in a transaction: commits when it is done and rolls back when it throws. A connection on which even that fails is
 * thrown away. Throws SERVICE_UNAVAILABLE when the database cannot be reached or is lost meanwhile.
 */
export function inTransaction<T>(
  connections: Connections,
  { tenantId, patience, text, isReadOnly }: Beginning,
  work: (ongoing: Ongoing) => Promise<T>,
): Promise<T> {
  return withConnection(connections, tenantId, async (connection) => {
    const { client, whole, breaks, keepUntil } = connection;
    if (patience) requirePatience(patience);
    const patient = patience && patiently(whole, client.query, patience);
    const conversation = converse(patient ?? client);
    const { lent, takeBack } = lend(conversation);
    const begun = lastOf(tell(lent, connections.count, { text }));
    const completion = createCompletion(connections, { connection, conversation, begun });
    const last: Ongoing["last"] = (statements) => {
      const answer = statements();
      takeBack();
      void completion.commit();
      return answer;
    };
    let hasOnlyRead = isReadOnly;
    const onlyRead = () => void (hasOnlyRead = true);
    try {
      const result = await work({ conversation: lent, begun, last, onlyRead });
      takeBack();
      if (!completion.isAsked()) await patient?.settled();
      const isWaitedFor = !hasOnlyRead || !conversation.isSettled();
      const over = completion.commit({ isWaitedFor }).then(() => patient?.settled());
      if (isWaitedFor) await over;
      else keepUntil(over);
      return result;
    } catch (error) {
      takeBack();
      await patient?.settled();
      await completion.rollback().catch(breaks);
      throw error;
    }
  });
}

// Of several statements in one message the last is the one that was asked for.
function lastOf(answer: Promise<pg.QueryResult>): Promise<pg.QueryResult> {
  const last = answer.then((all) => (all as unknown as pg.QueryResult[]).at(-1)!);
  last.catch(() => {});
  return last;
}

interface Completion {
  isAsked(): boolean;
  /** Asks once. */
  commit(how?: { isWaitedFor: boolean }): Promise<void>;
  /** Unless the commit was asked for, and the server answered. */
  rollback(): Promise<void>;
}

function createCompletion(
  { count }: Connections,
  { connection, conversation, begun }: Completed,
): Completion {
  let committing: Promise<void> | undefined;
  let isOver = false;
  const commit = async (on: Asked): Promise<void> => {
    const { command } = await send(on, count, { text: "commit" });
    isOver = true;
    // So PostgreSQL answers when a statement had failed before and the work went on regardless; and it commits where nothing was begun.
    if (command !== "ROLLBACK") return void (await begun);
    const failure = await conversation.failure();
    if (failure?.wasTold) throw failure.error;
    throw new Error("A statement of this transaction had failed, so nothing of it was kept");
  };
  return {
    isAsked: () => committing !== undefined,
    commit({ isWaitedFor } = { isWaitedFor: true }) {
      committing ??= commit(isWaitedFor ? connection.client : connection.inPassing);
      committing.catch(() => {});
      return committing;
    },
    async rollback() {
      await committing?.catch(() => {});
      if (!isOver) await connection.client.query({ text: "rollback" });
    },
  };
}

interface Completed {
  readonly connection: Pick<Connection, "client" | "inPassing">;
  readonly conversation: Conversation;
  readonly begun: Promise<unknown>;
}

/** One statement that is a transaction of its own. Throws as a transaction does. */
export async function withoutTransaction(connections: Connections, query: pg.QueryConfig): Promise<void> {
  await withConnection(connections, null, ({ client }) => client.query(query));
}

/** A connection while it is used. */
interface Connection {
  /** What is asked of it is watched: when it does not answer, it is destroyed, and its place in the pool is free. */
  readonly client: Asked;
  /** Asks likewise, for what nobody waits for: it is no round trip. */
  readonly inPassing: Asked;
  readonly whole: pg.ClientBase;
  /** It is thrown away when it is given back. */
  breaks(error: Error): void;
  /** It is not given back before that; should it fail, it is thrown away. */
  keepUntil(over: Promise<unknown>): void;
}

async function withConnection<T>(
  connections: Connections,
  tenantId: string | null,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  try {
    const endTurn = await connections.turns.acquire(tenantId);
    const connection = await connectionOf(connections).catch((error: unknown) => {
      endTurn();
      throw error;
    });
    const giveBack = () => {
      connection.giveBack();
      endTurn();
    };
    let kept: Promise<unknown> | undefined;
    const { breaks } = connection;
    const keepUntil = (over: Promise<unknown>) => void (kept = over);
    try {
      return await work({ ...connection, keepUntil });
    } finally {
      if (kept) void kept.catch(breaks).then(giveBack);
      else giveBack();
    }
  } catch (error) {
    throw toldOfAbsence(error);
  }
}

async function connectionOf({
  pool,
  silence,
  count,
}: Connections): Promise<Omit<Connection, "keepUntil"> & { giveBack(): void }> {
  const whole = await pool.connect();
  let broken: Error | undefined;
  const breaks = (error: Error): void => void (broken = error);
  whole.on("error", breaks);
  const query = (config: pg.QueryConfig) => {
    sendTogether(whole);
    return silence.watched(whole, () => whole.query(config));
  };
  return {
    whole,
    breaks,
    inPassing: { query },
    client: {
      query(config) {
        if (!silence.isAwaited(whole)) count.roundTrips += 1;
        return query(config);
      },
    },
    giveBack() {
      whole.off("error", breaks);
      whole.release(broken);
    },
  };
}

// What is asked before the event loop goes on is written at once: each write wakes up the server, which then competes for the processor.
function sendTogether(client: pg.ClientBase): void {
  const { stream } = (client as unknown as Connected).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

// Of node-postgres: what its types do not tell.
interface Connected {
  readonly connection: { readonly stream: Pick<Socket, "cork" | "uncork" | "writableCorked"> };
}
