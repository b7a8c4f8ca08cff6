import type { ExecutionResult } from "graphql";

/** How much may wait for a reader, and the last thing a reader hears who lets more wait. */
export interface WaitingOptions {
  readonly maximumBytes: number;
  readonly tooSlow: () => ExecutionResult;
}

/**
 * Passes results on as they come, and lets go of their source once more than `maximumBytes` of them wait to be read: a slow reader
 * hears what waits, then why it ends. Reads its source ahead of its reader, from the first result that is asked for.
 */
export function boundedResultQueue(
  source: AsyncIterable<ExecutionResult>,
  { maximumBytes, tooSlow }: WaitingOptions,
): AsyncIterableIterator<ExecutionResult> {
  const iterator = source[Symbol.asyncIterator]();
  const buffer = resultBuffer();
  const letGo = () => void Promise.resolve(iterator.return?.()).catch(() => undefined);
  const read = async () => {
    for (;;) {
      const { done, value } = (await iterator.next()) as IteratorResult<ExecutionResult, undefined>;
      if (done || buffer.isClosed()) return buffer.close();
      if (buffer.put(value) <= maximumBytes) continue;
      buffer.put(tooSlow());
      buffer.close();
      return letGo();
    }
  };
  let reading: Promise<void> | undefined;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      reading ??= read().catch((error: unknown) => buffer.close({ error }));
      return buffer.take();
    },
    async return() {
      buffer.clear();
      buffer.close();
      letGo();
      return { done: true, value: undefined };
    },
  };
}

type Next = IteratorResult<ExecutionResult, undefined>;

function resultBuffer() {
  const waiting: { readonly result: ExecutionResult; readonly bytes: number }[] = [];
  const readers: PromiseWithResolvers<Next>[] = [];
  let waitingBytes = 0;
  let closed: { readonly error?: unknown } | undefined;
  const over = (reader: PromiseWithResolvers<Next>) => {
    const why = closed;
    closed = {};
    if (why && "error" in why) reader.reject(why.error);
    else reader.resolve({ done: true, value: undefined });
  };
  return {
    isClosed: () => closed !== undefined,
    /** Hands a result to who waits for one, or keeps it; the answer is how many bytes are kept then. */
    put(result: ExecutionResult): number {
      const reader = readers.shift();
      if (reader) {
        reader.resolve({ done: false, value: result });
        return 0;
      }
      const bytes = Buffer.byteLength(JSON.stringify(result));
      waiting.push({ result, bytes });
      return (waitingBytes += bytes);
    },
    take(): Promise<Next> {
      const reader = Promise.withResolvers<Next>();
      const first = waiting.shift();
      if (first) {
        waitingBytes -= first.bytes;
        reader.resolve({ done: false, value: first.result });
      } else if (closed) over(reader);
      else readers.push(reader);
      return reader.promise;
    },
    clear: () => void waiting.splice(0),
    close(why: { readonly error?: unknown } = {}) {
      closed ??= why;
      for (const reader of readers.splice(0)) over(reader);
    },
  };
}
