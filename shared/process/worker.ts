import type { Database } from "#shared/database/database.ts";
import type { Log } from "#shared/log/log.ts";
import { commandLane } from "./commandLane.ts";
import type { CommandHandler } from "./commands.ts";
import { effectLane } from "./effectLane.ts";
import type { Effect } from "./effects.ts";
import { HINTS } from "./hints.ts";
import type { Process } from "./process.ts";
import { timerLane } from "./timerLane.ts";

/** Makes the worker of a service: it does what the service was asked, wakes its processes and makes its calls. */
export function createWorker(options: WorkerOptions): Worker {
  const { database, log, concurrency = 4 } = options;
  const lanes = [commandLane(options), timerLane(options), effectLane(options)].filter(
    (lane) => lane !== null,
  );
  const runs = lanes.map((lane) => ({ lane, run: createRun(lane, { log, concurrency }) }));
  let stopListening: (() => Promise<void>) | undefined;
  return {
    async drain() {
      let done = 0;
      for (let more = 1; more > 0; done += more) {
        more = 0;
        for (const lane of lanes) while (await lane.runOne()) more += 1;
      }
      return done;
    },
    async start() {
      if (runs.length === 0) return;
      const wakeAll = () => runs.forEach(({ run }) => run.wake());
      stopListening = await database.listen(
        HINTS,
        (kind) => runs.filter(({ lane }) => lane.hears.has(kind)).forEach(({ run }) => run.wake()),
        wakeAll,
      );
      runs.forEach(({ run }) => run.start());
    },
    async stop() {
      await stopListening?.();
      await Promise.all(runs.map(({ run }) => run.stop()));
    },
  };
}

/** What a worker works on, and with what. */
export interface WorkerOptions {
  database: Database;
  log: Log;
  /** Handed to processes that ask and effects that call. */
  services: unknown;
  commands: readonly CommandHandler[];
  processes: readonly Process[];
  effects: readonly Effect[];
  /** How much of each kind is done at once; 4 unless told otherwise. */
  concurrency?: number | undefined;
}

/** The worker of a service. Any number may run, in any number of processes. */
export interface Worker {
  /** Does everything that is due now, and what follows from it, until nothing is due. The answer is how much that was. */
  drain(): Promise<number>;
  /** Goes on doing what is due until it is stopped. */
  start(): Promise<void>;
  /** Takes on nothing new, and waits for the work in hand. */
  stop(): Promise<void>;
}

/** One kind of work. */
export interface Lane {
  /** The hints that are about it. */
  readonly hears: ReadonlySet<string>;
  /** Does one thing that is due; false when there is none. Throws only when not even failing could be written down. */
  runOne(): Promise<boolean>;
  /** In how many milliseconds the next is due; Infinity when nothing waits. */
  untilNext(): Promise<number>;
}

// The longest anything due is overlooked when a hint was missed.
const LONGEST_SLEEP_MS = 500;

interface Run {
  start(): void;
  wake(): void;
  stop(): Promise<void>;
}

function createRun(lane: Lane, { log, concurrency }: { log: Log; concurrency: number }): Run {
  let stopped = false;
  let inHand: Promise<void>[] = [];
  let wakeSleeper: (() => void) | undefined;
  let hints = 0;

  const sleep = async (seen: number): Promise<void> => {
    const until = await lane.untilNext().catch(() => LONGEST_SLEEP_MS);
    if (stopped || hints !== seen) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, Math.min(until, LONGEST_SLEEP_MS)));
      wakeSleeper = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };

  const work = async (isFirst: boolean): Promise<void> => {
    while (!stopped) {
      const seen = hints;
      try {
        if (await lane.runOne()) {
          if (isFirst) fillUp();
          continue;
        }
      } catch (error) {
        log.error({ err: error }, "A worker could not reach its database");
      }
      // The others come and go with the work; the first stays and waits for more.
      if (!isFirst) return;
      await sleep(seen);
    }
  };

  const fillUp = (): void => {
    while (inHand.length < concurrency) {
      const one: Promise<void> = work(false).finally(
        () => (inHand = inHand.filter((other) => other !== one)),
      );
      inHand.push(one);
    }
  };

  const wake = (): void => {
    hints += 1;
    wakeSleeper?.();
  };

  return {
    start() {
      const first: Promise<void> = work(true).finally(
        () => (inHand = inHand.filter((other) => other !== first)),
      );
      inHand.push(first);
    },
    wake,
    async stop() {
      stopped = true;
      wake();
      while (inHand.length > 0) await Promise.all(inHand);
    },
  };
}
