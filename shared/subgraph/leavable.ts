/**
 * The events of a generator, for a reader who may leave while it waits for the next one: a generator by itself would hear of
 * that only when the next one comes. `leaving` is aborted when the reader leaves, when `given` is aborted, and at the end.
 */
export function leavable<T>(
  events: AsyncGenerator<T, undefined>,
  leaving: AbortController,
  given?: AbortSignal,
): AsyncIterableIterator<T, undefined> {
  const leave = (): void => {
    given?.removeEventListener("abort", leave);
    leaving.abort();
  };
  given?.addEventListener("abort", leave, { once: true });
  if (given?.aborted) leave();
  return {
    async next() {
      try {
        const result = await events.next();
        if (result.done) leave();
        return result;
      } catch (error) {
        leave();
        throw error;
      }
    },
    async return() {
      leave();
      // Nobody waits for it: a source that does not heed the signal ends with its next event.
      events.return(undefined).catch(() => {});
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
