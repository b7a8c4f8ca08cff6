import { on } from "node:events";
import { EventEmitter } from "node:events";
import type { z } from "zod";
import type { Database } from "#shared/database/database.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";

/** Declares something that services tell whoever listens: ids, never contents, for it travels as one small notification. */
export function defineEvent<const Name extends string, Payload extends z.ZodType>(event: {
  name: Name;
  payload: Payload;
}): EventOf<Name, Payload> {
  return event;
}

/** Something that services tell. */
export interface EventOf<Name extends string = string, Payload extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly payload: Payload;
}

/** Tells an event once the transaction is committed. It may be missed: whatever must happen is a command. */
export async function publish<Payload extends z.ZodType>(
  tx: TenantTransaction,
  event: EventOf<string, Payload>,
  payload: z.infer<Payload>,
): Promise<void> {
  tx.notifyAfterCommit(CHANNEL, JSON.stringify({ event: event.name, tenantId: tx.tenantId, payload }));
}

/** What a subscriber hears when events may have been missed: read again, then go on listening. */
export const resync = Symbol("resync");

/** Lets whoever asks hear the events of one tenant. */
export interface Pubsub {
  subscribe<Payload extends z.ZodType>(
    event: EventOf<string, Payload>,
    tenantId: string,
    options?: { signal?: AbortSignal | undefined },
  ): AsyncIterable<z.infer<Payload> | typeof resync>;
  close(): Promise<void>;
}

/** Listens to a database's events over its one listening connection, from the first subscriber on. */
export function createPubsub(database: Database): Pubsub {
  const emitter = new EventEmitter().setMaxListeners(0);
  let listening: Promise<() => Promise<void>> | undefined;
  const listen = () =>
    (listening ??= database.listen(
      CHANNEL,
      (text) => {
        const { event, tenantId, payload } = JSON.parse(text) as {
          event: string;
          tenantId: string;
          payload: unknown;
        };
        emitter.emit(topic(event, tenantId), payload);
      },
      () => emitter.eventNames().forEach((name) => emitter.emit(name, resync)),
    ));
  return {
    async *subscribe(event, tenantId, { signal } = {}) {
      // Subscribed before the database listens, so that nothing falls in between.
      const heard = on(emitter, topic(event.name, tenantId), signal ? { signal } : {});
      await listen();
      try {
        for await (const [payload] of heard) yield payload as never;
      } catch (error) {
        if (!signal?.aborted) throw error;
      }
    },
    async close() {
      await (
        await listening
      )?.();
    },
  };
}

const CHANNEL = "tocsin_events";

function topic(event: string, tenantId: string): string {
  return `${event} ${tenantId}`;
}
