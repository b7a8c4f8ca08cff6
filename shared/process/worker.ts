import { createCallSlots } from "./callSlots.ts";
import { createAttemptsInHand, type AttemptsInHand } from "./attemptsInHand.ts";
import { watchBacklog } from "./backlog.ts";
import { commandLanes } from "./commandLanes.ts";
import { effectLanes } from "./effectLanes.ts";
import { CANCELLATIONS } from "./effects.ts";
import { HINTS, readHint } from "./hints.ts";
import { watchLeases } from "./freeLeases.ts";
import { runWorkers, type Pool, type RunningWorkers } from "./runWorkers.ts";
import type { Lane, LaneOptions } from "./lane.ts";
import { lookAhead } from "./lookAhead.ts";
import type { Process } from "./process.ts";
import { createTenantTurns } from "./tenantTurns.ts";
import { timerLanes } from "./timerLanes.ts";
import type { WorkerOptions } from "./workerOptions.ts";

/** Makes the worker of a service: it does what the service was asked, looks at its processes and makes its calls. */
export function createWorker(options: WorkerOptions): Worker {
  const { database, log } = options;
  const inHand = createAttemptsInHand(options);
  const lettingGo = new AbortController();
  const pools = poolsOf({ ...options, lettingGo: lettingGo.signal }, inHand);
  const lanes = pools.flatMap((pool) => pool.lanes);
  let going: RunningWorkers | undefined;
  let unwatch = async (): Promise<void> => {};
  return {
    drain: () => drain(lanes),
    async start() {
      if (lanes.length === 0) return;
      const starting = runWorkers({ pools, log, lookAhead: (of) => lookAhead(database, of) });
      going = starting;
      const forget = [
        watchBacklog(database, lanes),
        ...(options.effects.length > 0 ? [watchLeases(database, log)] : []),
      ];
      unwatch = async () => forget.forEach((one) => one());
      const unlisten = await listen({ database, log, going: starting, inHand });
      unwatch = async () => {
        forget.forEach((one) => one());
        await Promise.all(unlisten.map((one) => one().catch(() => {})));
      };
    },
    async stop() {
      const stopping = going?.stop(PATIENCE_SECONDS);
      void unwatch();
      if (!going || (await stopping)) return;
      lettingGo.abort();
      inHand.stop();
      await going.stop(LETTING_GO_SECONDS);
    },
    ready() {
      const seconds = going ? (performance.now() - going.lookedAt()) / 1_000 : 0;
      return (
        seconds <= LONGEST_WITHOUT_A_LOOK_SECONDS || `has not looked for work for ${Math.round(seconds)} s`
      );
    },
  };
}

// A process that asks other services holds no connection meanwhile, and keeps no process waiting that needs one.
function poolsOf(options: WorkerOptions & Pick<LaneOptions, "lettingGo">, inHand: AttemptsInHand): Pool[] {
  const { concurrency = 4, callConcurrency = 32, batch = 20, processes } = options;
  const given = { ...options, batch, turns: createTenantTurns(concurrency) };
  const asking = { ...given, turns: createTenantTurns(concurrency), processes: processes.filter(asks) };
  const deciding = { ...given, processes: processes.filter((process) => !asks(process)) };
  const calls = effectLanes(given, inHand, createCallSlots(callConcurrency));
  return [
    { lanes: [...commandLanes(given), ...timerLanes(deciding)], most: concurrency },
    { lanes: timerLanes(asking), most: concurrency },
    { lanes: calls, most: callConcurrency * MOST_CALL_LANES + 1 },
  ];
}

const asks = ({ ask }: Process): boolean => ask !== undefined;

/** Whoever makes calls waits for them: so many that one is always free to look for more, whatever slots are taken. */
const MOST_CALL_LANES = 4;

/** How long a worker that stops waits for what it has in hand, and how long for what is let go of. */
const PATIENCE_SECONDS = 3;
const LETTING_GO_SECONDS = 1;

const LONGEST_WITHOUT_A_LOOK_SECONDS = 5;

interface Listening extends Pick<WorkerOptions, "database" | "log"> {
  readonly going: RunningWorkers;
  readonly inHand: AttemptsInHand;
}

// Without hints it is slower and nothing worse.
async function listen({ database, log, going, inHand }: Listening): Promise<(() => Promise<void>)[]> {
  const listening = Promise.all([
    database.listen(
      HINTS,
      (hint) => going.wake(readHint(hint)),
      () => going.wake(),
    ),
    database.listen(CANCELLATIONS, inHand.cancel),
  ]);
  return listening.catch((error: unknown) => {
    log.warn({ err: error }, "A worker hears no hints, and looks by itself");
    return [];
  });
}

/** The worker of a service. Any number may run, in any number of processes. */
export interface Worker {
  /** Does everything that is due now, and what follows from it, until nothing is due. The answer is how much that was. */
  drain(): Promise<number>;
  /** Goes on doing what is due until it is stopped. */
  start(): Promise<void>;
  /**
   * Takes on nothing new, and waits 3 s for the work in hand. What is not done by then is let go of: calls are cancelled,
   * and all of it is at once there for others to do. Takes 4 s at most.
   */
  stop(): Promise<void>;
  /** Whether it has looked for work within the last 5 s, as far as it was started; else what is wrong with it. */
  ready(): true | string;
}

async function drain(lanes: readonly Lane[]): Promise<number> {
  let done = 0;
  for (let before = -1; before < done;) {
    before = done;
    for (const lane of lanes) {
      for (let ran = await lane.runSome(); ran.count > 0; ran = await lane.runSome()) done += ran.count;
    }
  }
  return done;
}
