import { SubgraphFailure, type DataSource, type SubgraphAnswer, type SubgraphRequest } from "./dataSource.ts";
import type { Ending } from "./ending.ts";
import type { EngineLimits, EngineLog } from "./engine.ts";

/** How a circuit learns the time: milliseconds that only ever grow. */
export type Clock = () => number;

/** A data source whose answers are never waited for beyond the request's end. */
export interface GuardedSource extends DataSource {
  /** Whoever read an answer says whether it made sense: a circuit opens on nonsense as on silence. */
  judge(madeSense: boolean): void;
}

/**
 * A data source that is left alone while it keeps failing (a circuit breaker), and that never has more than so many requests under way
 * (a bulkhead). After a pause one request tries whether it has recovered; the others are refused at once until that one is answered.
 * What is only too much, or takes too long, is its operation's own weight: before silence opens the circuit, the source is asked
 * something light, and it stays closed when that is answered.
 */
export function guardedSource(
  subgraph: string,
  source: DataSource,
  limits: Pick<EngineLimits, "concurrentPerSubgraph" | "failuresToOpenCircuit" | "circuitOpenMilliseconds">,
  log: EngineLog,
  clock: Clock = () => performance.now(),
): GuardedSource {
  const { mindsEnding, subscribe, close, isThere } = source;
  let underWay = 0;
  let failures = 0;
  let openUntil = 0;
  let trying = false;
  let silences = 0;
  let isAsked = false;

  const admit = (): boolean => {
    if (underWay >= limits.concurrentPerSubgraph)
      throw new SubgraphFailure("overloaded", "has too many requests under way");
    if (failures < limits.failuresToOpenCircuit) return false;
    if (trying || clock() < openUntil) throw new SubgraphFailure("circuitOpen", "failed too often of late");
    return (trying = true);
  };
  const failed = (times = 1): void => {
    const wasOpen = failures >= limits.failuresToOpenCircuit;
    failures += times;
    if (failures < limits.failuresToOpenCircuit) return;
    openUntil = clock() + limits.circuitOpenMilliseconds;
    if (!wasOpen) log.warn({ subgraph }, "a subgraph's circuit opened");
  };
  const succeeded = (): void => {
    if (failures >= limits.failuresToOpenCircuit) log.warn({ subgraph }, "a subgraph's circuit closed again");
    failures = silences = 0;
  };
  const fellSilent = (request: SubgraphRequest): void => {
    silences += 1;
    const isOpen = failures >= limits.failuresToOpenCircuit;
    if (!isThere || isAsked || (!isOpen && silences < limits.failuresToOpenCircuit)) return;
    isAsked = true;
    void isThere.call(source, request).then((answers) => {
      isAsked = false;
      silences = 0;
      if (answers) succeeded();
      else failed(limits.failuresToOpenCircuit);
    });
  };

  const execute = async (request: SubgraphRequest): Promise<SubgraphAnswer> => {
    const isTrial = admit();
    underWay += 1;
    try {
      const answer = source.execute(request);
      return await (mindsEnding ? answer : untilEnd(answer, request.ending));
    } catch (failure) {
      const reason = failure instanceof SubgraphFailure ? failure.reason : "unreachable";
      if (reason === "timeout") fellSilent(request);
      else if (reason !== "cancelled" && reason !== "tooLarge") failed();
      throw failure;
    } finally {
      underWay -= 1;
      if (isTrial) trying = false;
    }
  };
  return {
    execute,
    judge: (madeSense) => (madeSense ? succeeded() : failed()),
    ...(subscribe ? { subscribe: (request: SubgraphRequest) => subscribe.call(source, request) } : {}),
    ...(close ? { close: () => close.call(source) } : {}),
  };
}

// A data source that minds no end must not keep its place, nor a trial its turn, for longer than anyone waits.
function untilEnd<T>(work: Promise<T>, ending: Ending): Promise<T> {
  return new Promise((resolve, reject) => {
    ending.on(reject);
    work.then(
      (value) => {
        ending.off(reject);
        resolve(value);
      },
      (failure: unknown) => {
        ending.off(reject);
        reject(failure);
      },
    );
  });
}
