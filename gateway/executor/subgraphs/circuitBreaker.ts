import type { EngineLimits, EngineLog } from "../contract.ts";

/** How a circuit learns the time: milliseconds that only ever grow. */
export type Clock = () => number;

/** Whether a subgraph is asked at all, by what became of what it was asked. */
export interface CircuitBreaker {
  /** Whether requests are let through; "trial" when this is the one that tries whether the subgraph has recovered. */
  allows(): boolean | "trial";
  /** Ends the trial, whatever came of it. */
  trialEnded(): void;
  succeeded(): void;
  failed(): void;
  /** Says that an answer did not come in time. `isThere` asks something light, to tell silence from a request's own weight. */
  timedOut(isThere: () => Promise<boolean>): void;
}

/** A circuit breaker: opens after so many failures in a row, and lets one request through after each pause. */
export function openCircuitBreaker(
  subgraph: string,
  { failuresToOpenCircuit: most, circuitOpenMilliseconds }: CircuitLimits,
  log: EngineLog,
  clock: Clock,
): CircuitBreaker {
  let failures = 0;
  let timeouts = 0;
  let openUntil = 0;
  let trying = false;
  let isAsked = false;
  const fail = (times: number) => {
    const wasOpen = failures >= most;
    failures += times;
    if (failures < most) return;
    openUntil = clock() + circuitOpenMilliseconds;
    if (!wasOpen) log.warn({ subgraph }, "a subgraph's circuit opened");
  };
  const succeeded = () => {
    if (failures >= most) log.warn({ subgraph }, "a subgraph's circuit closed again");
    failures = timeouts = 0;
  };
  return {
    allows() {
      if (failures < most) return true;
      if (trying || clock() < openUntil) return false;
      trying = true;
      return "trial";
    },
    trialEnded: () => void (trying = false),
    succeeded,
    failed: () => fail(1),
    timedOut(isThere) {
      timeouts += 1;
      if (isAsked || (failures < most && timeouts < most)) return;
      isAsked = true;
      void isThere().then((isAlive) => {
        isAsked = false;
        timeouts = 0;
        if (isAlive) succeeded();
        else fail(most);
      });
    },
  };
}

type CircuitLimits = Pick<EngineLimits, "failuresToOpenCircuit" | "circuitOpenMilliseconds">;
