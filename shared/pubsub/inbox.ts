/** What is put in by one and read by another, in order. */
export interface Inbox<T> {
  put(item: T): void;
  /** Ends reading with an error, after what is there. */
  fail(error: unknown): void;
  end(): void;
  /** Reads until it ends; leaving the loop ends it too. */
  read(): AsyncIterableIterator<T>;
  /** Reads likewise, each time all that is unread. */
  readAll(): AsyncIterableIterator<T[]>;
}

/** How an inbox is set up. */
export interface InboxOptions<T> {
  /** What a reader finds instead of everything unread, when that has become too much. */
  readonly overflow: T;
  readonly signal?: AbortSignal | undefined;
  readonly onEnd: () => void;
}

/** An inbox that takes things in from now on, whether or not somebody reads it yet. */
export function createInbox<T>({ overflow, signal, onEnd }: InboxOptions<T>): Inbox<T> {
  let unread: T[] = [];
  let failure: { error: unknown } | undefined;
  let isOver = false;
  const waiting = new Set<() => void>();

  const end = (): void => {
    if (isOver) return;
    isOver = true;
    signal?.removeEventListener("abort", end);
    onEnd();
    notice();
  };

  const notice = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };

  // None when it is over.
  const take = async (most: number): Promise<T[]> => {
    while (true) {
      const items = unread.splice(0, most);
      if (items.length > 0 && !signal?.aborted) return items;
      if (failure) throw failure.error;
      if (isOver) return [];
      await new Promise<void>((resolve) => waiting.add(resolve));
    }
  };

  if (signal?.aborted) isOver = true;
  signal?.addEventListener("abort", end, { once: true });

  return {
    put(item) {
      if (isOver) return;
      // To be told twice in a row to read again says no more than once.
      if (item === overflow || unread.length >= MOST_UNREAD) unread = [overflow];
      else unread.push(item);
      notice();
    },
    fail(error) {
      failure = { error };
      end();
    },
    end,
    read: () => iterator(async () => (await take(1))[0], end),
    readAll: () => iterator(async () => presence(await take(MOST_UNREAD)), end),
  };
}

const MOST_UNREAD = 1_000;

function presence<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined;
}

function iterator<T>(next: () => Promise<T | undefined>, end: () => void): AsyncIterableIterator<T> {
  return {
    async next() {
      const value = await next();
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    async return() {
      end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
