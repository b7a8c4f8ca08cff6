/**
 * The work's result, or an error when it takes longer than it may, also when it takes longer than a moment to end after the
 * signal was aborted. Whatever the work does after that is not waited for.
 */
export async function within<T>(
  seconds: number,
  whatIsDone: string,
  work: () => Promise<T>,
  { signal, graceSeconds = 0 }: { signal?: AbortSignal | undefined; graceSeconds?: number } = {},
): Promise<T> {
  const overdue = Promise.withResolvers<never>();
  const giveUp = (after: number, why: string) =>
    setTimeout(() => overdue.reject(new OverdueError(`${whatIsDone} ${why}`)), after * 1_000);
  const timers = [giveUp(seconds, `took longer than ${seconds} s`)];
  const onAbort = () => void timers.push(giveUp(graceSeconds, "was called off"));
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work(), overdue.promise]);
  } finally {
    timers.forEach(clearTimeout);
    signal?.removeEventListener("abort", onAbort);
  }
}

/** Something took longer than it may. */
export class OverdueError extends Error {
  override readonly name = "OverdueError";
}

/** How long a command or a look at a process may take, unless the worker's options say otherwise. */
export const HANDLER_TIMEOUT_SECONDS = 30;
