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
  /** Says that there was no answer. `isThere` asks something light, to tell a subgraph's fault from that of what it was asked. */
  failed(isThere: () => Promise<boolean>): void;
}

/**
 * A circuit breaker. After so many failures in a row the subgraph is asked something light, and the circuit opens unless that is answered: what
 * fails because of what one client asks keeps nobody else out. An open circuit lets one request through after each pause, and closes
 * with the first answer.
 */
export function openCircuitBreaker(
  subgraph: string,
  { failuresToOpenCircuit: most, circuitOpenMilliseconds }: CircuitLimits,
  log: EngineLog,
  clock: Clock,
): CircuitBreaker {
  let failures = 0;
  let openUntil: number | null = null;
  let trying = false;
  let isAsked = false;
  const open = () => {
    if (openUntil === null) log.warn({ subgraph }, "a subgraph's circuit opened");
    openUntil = clock() + circuitOpenMilliseconds;
  };
  const succeeded = () => {
    if (openUntil !== null) log.warn({ subgraph }, "a subgraph's circuit closed again");
    openUntil = null;
    failures = 0;
  };
  return {
    allows() {
      if (openUntil === null) return true;
      if (trying || clock() < openUntil) return false;
      trying = true;
      return "trial";
    },
    trialEnded: () => void (trying = false),
    succeeded,
    failed(isThere) {
      if (openUntil !== null) openUntil = clock() + circuitOpenMilliseconds;
      failures += 1;
      if (isAsked || (openUntil === null && failures < most)) return;
      isAsked = true;
      void isThere().then((isAlive) => {
        isAsked = false;
        failures = 0;
        if (isAlive) succeeded();
        else open();
      });
    },
  };
}

type CircuitLimits = Pick<EngineLimits, "failuresToOpenCircuit" | "circuitOpenMilliseconds">;
