/** The work's result, or an error when it takes longer than it may. Whatever the work does after that is not waited for. */
export async function within<T>(seconds: number, whatIsDone: string, work: () => Promise<T>): Promise<T> {
  const overdue = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    overdue.reject(new Error(`${whatIsDone} took longer than ${seconds} s`));
  }, seconds * 1_000);
  try {
    return await Promise.race([work(), overdue.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long a command or a look at a process may take, unless the worker is told otherwise. */
export const HANDLER_TIMEOUT_SECONDS = 30;
