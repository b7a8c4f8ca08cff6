import { openCircuitBreaker, type Clock } from "./circuitBreaker.ts";
import {
  SubgraphFailure,
  type DataSource,
  type SubgraphAnswer,
  type SubgraphRequest,
  type Cancellation,
  type EngineLimits,
  type EngineLog,
  type EngineOptions,
} from "../contract.ts";

/** A data source whose answers are never waited for beyond the request's end. */
export interface ProtectedDataSource extends DataSource {
  /** Says of an answer what it was; `request` is what it was the answer to. */
  recordOutcome(outcome: AnswerOutcome, request: Pick<SubgraphRequest, "headers">): void;
}

/** What an answer was: whether it was a GraphQL response that fits what was asked, whether it has data, and the HTTP status. */
export interface AnswerOutcome {
  readonly status: number;
  readonly madeSense: boolean;
  readonly hasData: boolean;
}

/**
 * A data source that is left alone while it keeps failing (a circuit breaker), and that never has more than so many requests under way
 * (a bulkhead). After a pause one request tries whether it has recovered; the others are refused at once until that one is answered.
 * What counts as a failure stands in the README of the executor.
 */
export function protectedDataSource(
  subgraph: string,
  source: DataSource,
  limits: Pick<EngineLimits, "concurrentPerSubgraph" | "failuresToOpenCircuit" | "circuitOpenMilliseconds">,
  log: EngineLog,
  clock: Clock = () => performance.now(),
): ProtectedDataSource {
  const { honorsCancellation, subscribe, close, isThere } = source;
  const circuit = openCircuitBreaker(subgraph, limits, log, clock);
  let underWay = 0;
  const admit = (): boolean => {
    if (underWay >= limits.concurrentPerSubgraph)
      throw new SubgraphFailure("overloaded", "has too many requests under way");
    const admitted = circuit.allows();
    if (!admitted) throw new SubgraphFailure("circuitOpen", "failed too often of late");
    return admitted === "trial";
  };
  // A source that cannot be asked something light is taken for absent, but for what only took too long.
  const fail = (request: Pick<SubgraphRequest, "headers">) =>
    circuit.failed(async () => (isThere ? isThere.call(source, request) : false));
  const blame = (failure: unknown, request: SubgraphRequest): void => {
    const reason = failure instanceof SubgraphFailure ? failure.reason : "unreachable";
    if (reason === "cancelled" || reason === "tooLarge" || (reason === "timeout" && !isThere)) return;
    fail(request);
  };
  const execute = async (request: SubgraphRequest): Promise<SubgraphAnswer> => {
    const isTrial = admit();
    underWay += 1;
    try {
      const answer = source.execute(request);
      return await (honorsCancellation ? answer : untilCancelled(answer, request.cancellation));
    } catch (failure) {
      blame(failure, request);
      throw failure;
    } finally {
      underWay -= 1;
      if (isTrial) circuit.trialEnded();
    }
  };
  return {
    execute,
    recordOutcome({ status, madeSense, hasData }, request) {
      if (madeSense && (hasData || status < 500)) circuit.succeeded();
      // That a request was refused, for its size or what else is wrong with it, says nothing of others.
      else if (status < 400 || status >= 500) fail(request);
    },
    ...(subscribe ? { subscribe: (request: SubgraphRequest) => subscribe.call(source, request) } : {}),
    ...(close ? { close: () => close.call(source) } : {}),
  };
}

/** The protected data sources of all subgraphs, by name; throws what opening one throws, and leaves none open then. */
export function protectedDataSources(
  subgraphs: readonly { readonly name: string; readonly url: string }[],
  { dataSource, log }: Pick<EngineOptions, "dataSource" | "log">,
  limits: EngineLimits,
): Map<string, ProtectedDataSource> {
  const sources = new Map<string, ProtectedDataSource>();
  try {
    for (const { name, url } of subgraphs) {
      sources.set(name, protectedDataSource(name, dataSource(name, url), limits, log));
    }
    return sources;
  } catch (error) {
    void closeSources(sources, log);
    throw error;
  }
}

/** Closes data sources. One that cannot be closed keeps none of the others open. */
export async function closeSources(
  sources: ReadonlyMap<string, ProtectedDataSource>,
  log: EngineLog,
): Promise<void> {
  for (const [subgraph, source] of sources) {
    try {
      await source.close?.();
    } catch (error) {
      log.error({ subgraph, err: error }, "The connections to a subgraph could not be closed");
    }
  }
}

// A data source that minds no end must not keep its place, nor a trial its turn, for longer than anyone waits.
function untilCancelled<T>(work: Promise<T>, cancellation: Cancellation): Promise<T> {
  return new Promise((resolve, reject) => {
    cancellation.on(reject);
    work.then(
      (value) => {
        cancellation.off(reject);
        resolve(value);
      },
      (failure: unknown) => {
        cancellation.off(reject);
        reject(failure);
      },
    );
  });
}
