/** The header by which a service says for how many milliseconds it waits: clocks of different machines need not agree. */
export const INTERNAL_TIMEOUT_HEADER = "x-internal-timeout";

/** The header's value for a deadline, in milliseconds since the epoch. */
export function timeoutUntil(deadline: number): string {
  return String(Math.max(1, Math.ceil(deadline - Date.now())));
}

/** The deadline, in milliseconds since the epoch, that a request's headers say; undefined when they say none, or nonsense. */
export function deadlineIn(headers: { get(name: string): string | null }): number | undefined {
  const milliseconds = Number(headers.get(INTERNAL_TIMEOUT_HEADER) ?? NaN);
  return milliseconds > 0 && milliseconds <= LONGEST_MILLISECONDS ? Date.now() + milliseconds : undefined;
}

const LONGEST_MILLISECONDS = 300_000;
