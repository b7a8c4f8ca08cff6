import type { ExecutionResult } from "graphql";
import {
  SubgraphFailure,
  type Cancellation,
  type EngineLimits,
  type EngineLog,
  type ExecuteOptions,
} from "./contract.ts";
import {
  asksTheSame,
  follow,
  type EventCompletion,
  type EventSource,
  type FollowedSubscription,
} from "./interpreter/subscription.ts";
import type { Run } from "./interpreter/run.ts";
import { AnswerBudget } from "./subgraphs/answerBudget.ts";
import type { InFlightCounter } from "./subgraphs/inFlightCounter.ts";
import { closeSources, type ProtectedDataSource } from "./subgraphs/protectedDataSource.ts";
import { SubgraphClient } from "./subgraphs/subgraphClient.ts";

/** The subscriptions that are followed by an engine, on streams of its own or on those of an older engine. */
export interface OpenStreams {
  /** Follows a subscription on a stream of this engine's. */
  follow(subscribing: Subscribing): AsyncGenerator<ExecutionResult, void>;
  /**
   * Completes by this engine, from the next event on, what another one follows, when that asks the same of the same subgraphs. The
   * other's sources stay open for it. False, and nothing is changed, when it asks something else or is not followed by anybody.
   */
  takeOver(results: AsyncIterable<ExecutionResult>, run: Omit<Run, "client">): boolean;
  /**
   * Closes the sources, and nothing is followed any longer. Those that another engine has a stream of are closed with the last of these, and
   * not waited for.
   */
  close(): Promise<void>;
}

/** A subscription to be followed. */
export interface Subscribing extends Pick<ExecuteOptions, "headersFor" | "signal"> {
  readonly run: Omit<Run, "client">;
  /** How long what other subgraphs add to one event may take. */
  readonly milliseconds: number;
}

/** What is needed of the engine. */
export interface StreamingEngine {
  readonly sources: ReadonlyMap<string, ProtectedDataSource>;
  readonly log: EngineLog;
  readonly work: InFlightCounter;
  readonly limits: EngineLimits;
  /** Ends when the engine closes. */
  readonly closing: Cancellation;
}

/** Keeps track of what one engine follows. */
export function openStreams(engine: StreamingEngine): OpenStreams {
  const origin = openOrigin(engine);
  const here = new Set<Stream>();
  return {
    follow(subscribing) {
      const { run: _run, ...rest } = subscribing;
      const followed = follow(sourceOf(engine, subscribing), completionOf(engine, subscribing));
      const stream: Stream = { followed, origin, subscribing: rest, holder: here };
      const results = held(stream);
      streamsOf.set(results, stream);
      return results;
    },
    takeOver(results, run) {
      const stream = streamsOf.get(results);
      if (!stream?.holder.has(stream) || !asksTheSame(stream.followed.completion.run, run)) return false;
      stream.holder.delete(stream);
      stream.holder = here.add(stream);
      stream.origin.lend(stream);
      stream.followed.completeBy(completionOf(engine, { ...stream.subscribing, run }));
      return true;
    },
    async close() {
      // Whether or not somebody asks for the last result of each.
      const others = [...here].map((stream) => stream.origin.takeBack(stream));
      here.clear();
      await Promise.all([...others, origin.retire()]);
    },
  };
}

function completionOf(
  { sources, log, work, limits, closing }: StreamingEngine,
  { run, headersFor, signal, milliseconds }: Subscribing,
): EventCompletion {
  const client = () => {
    const budget = new AnswerBudget(limits);
    const deadline = Date.now() + milliseconds;
    return new SubgraphClient({ headersFor, deadline, signal, sources, log, work, budget });
  };
  return { run, closing, client };
}

function sourceOf({ sources }: StreamingEngine, { headersFor, signal }: Subscribing): EventSource {
  return {
    signal,
    open(subgraph, request) {
      const source = sources.get(subgraph);
      if (!source?.subscribe) throw new SubgraphFailure("unreachable", "has no subscriptions");
      return source.subscribe({ ...request, headers: headersFor(subgraph) });
    },
  };
}

/** The sources that a stream was opened with: all that is kept of an engine that is closed. */
interface Origin {
  /** Says that another engine follows a stream of these. */
  lend(stream: Stream): void;
  /** Says that it no longer does; fulfilled when that closes the sources, and they are closed. */
  takeBack(stream: Stream): Promise<void>;
  /** Closes the sources, at once or when the last of those streams is taken back; fulfilled at once then. */
  retire(): Promise<void>;
}

function openOrigin({ sources, log }: Pick<StreamingEngine, "sources" | "log">): Origin {
  const lent = new Set<Stream>();
  let isRetired = false;
  const closeUnlessLent = async () => {
    if (isRetired && lent.size === 0) await closeSources(sources, log);
  };
  return {
    lend: (stream) => void lent.add(stream),
    takeBack: async (stream) => (lent.delete(stream) ? closeUnlessLent() : undefined),
    retire() {
      isRetired = true;
      return closeUnlessLent();
    },
  };
}

interface Stream {
  readonly followed: FollowedSubscription;
  readonly origin: Origin;
  readonly subscribing: Omit<Subscribing, "run">;
  /** What is followed by the engine that follows it. */
  holder: Set<Stream>;
}

const streamsOf = new WeakMap<AsyncIterable<ExecutionResult>, Stream>();

async function* held(stream: Stream): AsyncGenerator<ExecutionResult, void> {
  stream.holder.add(stream);
  try {
    yield* stream.followed.results;
  } finally {
    stream.holder.delete(stream);
    await stream.origin.takeBack(stream);
  }
}
