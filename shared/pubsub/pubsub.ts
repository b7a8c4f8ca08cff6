import type { z } from "zod";
import type { Database } from "#shared/database/database.ts";
import type { TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { createInbox, type Inbox } from "./inbox.ts";

/** Declares something that services tell whoever listens: ids, never contents, for it travels as one small notification. */
export function defineEvent<const Name extends string, Payload extends z.ZodType>(
  event: EventOf<Name, Payload>,
): EventOf<Name, Payload> {
  return event;
}

/** Something that services tell. */
export interface EventOf<Name extends string = string, Payload extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly payload: Payload;
}

/**
 * Tells an event once the transaction is committed, and never when it is not. It may be missed: whatever must happen is a
 * command. Throws when the payload is not the event's, or too large to be only ids.
 */
export async function publish<Payload extends z.ZodType>(
  tx: TenantTransaction,
  event: EventOf<string, Payload>,
  payload: z.infer<Payload>,
): Promise<void> {
  event.payload.parse(payload);
  const told: Told = { event: event.name, tenantId: tx.tenantId, payload };
  const text = JSON.stringify(told);
  if (Buffer.byteLength(text) > LARGEST_BYTES) {
    throw new Error(`The event ${event.name} is too large: tell ids, and let whoever listens read the rest`);
  }
  tx.notifyAfterCommit(CHANNEL, text);
}

/**
 * Tells an event of many things, as `publish` does, in as few notifications as they fit into. Its payload is a list; of none,
 * nothing is told.
 */
export async function publishAll<Item extends z.ZodType>(
  tx: TenantTransaction,
  event: EventOf<string, z.ZodArray<Item>>,
  items: readonly z.infer<Item>[],
): Promise<void> {
  let portion: z.infer<Item>[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (portion.length > 0 && bytes + size > PORTION_BYTES) {
      await publish(tx, event, portion);
      [portion, bytes] = [[], 0];
    }
    portion.push(item);
    bytes += size;
  }
  if (portion.length > 0) await publish(tx, event, portion);
}

/** What a subscriber hears when events may have been missed: read again, then go on listening. */
export const resync = Symbol("resync");

/** Lets whoever asks hear the events of one tenant. */
export interface Pubsub {
  /**
   * Hears an event from now on, until the signal is aborted or the loop over it ends. `resync` comes first when the database
   * was not listened to yet, after a connection was lost, and instead of what a slow reader left unread.
   */
  subscribe<Payload extends z.ZodType>(
    event: EventOf<string, Payload>,
    tenantId: string,
    options?: { signal?: AbortSignal | undefined },
  ): AsyncIterableIterator<z.infer<Payload> | typeof resync>;
  /**
   * Hears likewise, each time all that is unread: what happened in a burst is heard at once. `resync` comes first in any case, as
   * soon as the database is listened to: nothing that is told from then on is missed unless it comes again.
   */
  subscribeInBatches<Payload extends z.ZodType>(
    event: EventOf<string, Payload>,
    tenantId: string,
    options?: { signal?: AbortSignal | undefined },
  ): AsyncIterableIterator<(z.infer<Payload> | typeof resync)[]>;
  /** Ends every subscription and listens no more. */
  close(): Promise<void>;
}

/** Listens to a database's events over its one listening connection, from now on and for all subscribers. */
export function createPubsub(database: Database): Pubsub {
  const inboxes = new Map<string, Set<Inbox<unknown>>>();
  const all = () => [...inboxes.values()].flatMap((some) => [...some]);
  const resyncAll = () => all().forEach((inbox) => inbox.put(resync));
  let isListening = false;
  const listening = database
    .listen(CHANNEL, (text) => deliver(text, inboxes), resyncAll)
    .then((unlisten) => {
      isListening = true;
      resyncAll();
      return unlisten;
    });
  // Whoever has subscribed by then is told.
  listening.catch(() => {});
  const open = (event: EventOf, tenantId: string, signal: AbortSignal | undefined): Inbox<unknown> => {
    const at = topic(event.name, tenantId);
    const inbox = createInbox<unknown>({
      overflow: resync,
      signal,
      onEnd: () => leave(inboxes, at, inbox),
    });
    if (!signal?.aborted) inboxes.set(at, (inboxes.get(at) ?? new Set()).add(inbox));
    if (!isListening) listening.catch((error: unknown) => inbox.fail(error));
    return inbox;
  };
  return {
    subscribe(event, tenantId, { signal } = {}) {
      return open(event, tenantId, signal).read() as AsyncIterableIterator<never>;
    },
    subscribeInBatches(event, tenantId, { signal } = {}) {
      const inbox = open(event, tenantId, signal);
      if (isListening) inbox.put(resync);
      return inbox.readAll() as AsyncIterableIterator<never[]>;
    },
    async close() {
      for (const inbox of all()) inbox.end();
      await listening.then(
        (unlisten) => unlisten(),
        () => {},
      );
    },
  };
}

const CHANNEL = "tocsin_events";

// PostgreSQL takes a notification of fewer than 8,000 bytes.
const LARGEST_BYTES = 7_999;

// Leaves room for the event's name and the tenant.
const PORTION_BYTES = 7_500;

/** An event on its way. */
interface Told {
  readonly event: string;
  readonly tenantId: string;
  readonly payload: unknown;
}

function deliver(text: string, inboxes: ReadonlyMap<string, Set<Inbox<unknown>>>): void {
  const told = read(text);
  for (const inbox of inboxes.get(topic(told?.event, told?.tenantId)) ?? []) inbox.put(told?.payload);
}

// Anybody who may connect to the database may notify; what makes no sense is nobody's event.
function read(text: string): Told | null {
  try {
    return JSON.parse(text) as Told | null;
  } catch {
    return null;
  }
}

function leave(inboxes: Map<string, Set<Inbox<unknown>>>, at: string, inbox: Inbox<unknown>): void {
  const others = inboxes.get(at);
  others?.delete(inbox);
  if (others?.size === 0) inboxes.delete(at);
}

function topic(event: unknown, tenantId: unknown): string {
  return `${String(event)} ${String(tenantId)}`;
}
