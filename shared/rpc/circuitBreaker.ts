import { ExposedError } from "#shared/errors/exposed.ts";

/** Asks a question, or answers null at once or after its deadline when it cannot be asked. */
export type CircuitBreaker = <Answer>(question: () => Promise<Answer>) => Promise<Answer | null>;

/**
 * Asks another service as long as it answers. When it does not, nobody waits for its deadline again within the next second,
 * and after that one question at a time finds out whether it is back: so a service that is stopped holds up no more than a few
 * of those who can go on without it.
 */
export function createCircuitBreaker({
  openForSeconds = 1,
}: { openForSeconds?: number } = {}): CircuitBreaker {
  let closesAt = 0;
  let isProbing = false;
  return async (question) => {
    const isOpen = closesAt > 0;
    if (isOpen && (isProbing || performance.now() < closesAt)) return null;
    if (isOpen) isProbing = true;
    try {
      const answer = await question();
      closesAt = 0;
      return answer;
    } catch (error) {
      // Any other error says that it is there.
      const isAway = error instanceof ExposedError && error.code === "SERVICE_UNAVAILABLE";
      closesAt = isAway ? performance.now() + openForSeconds * 1_000 : 0;
      return null;
    } finally {
      if (isOpen) isProbing = false;
    }
  };
}
