import type { Database } from "#shared/database/database.ts";
import type { ErrorTable } from "#shared/errors/exposed.ts";
import type { Log } from "#shared/log/log.ts";
import { createAttemptsInHand } from "./attemptsInHand.ts";
import { watchBacklog } from "./backlog.ts";
import { commandLanes } from "./commandLanes.ts";
import type { CommandHandler } from "./commands.ts";
import { effectLanes } from "./effectLanes.ts";
import { CANCELLATIONS, type Effect } from "./effects.ts";
import { HINTS } from "./hints.ts";
import { keepWorking } from "./keepWorking.ts";
import type { Lane } from "./lane.ts";
import { lookAhead } from "./lookAhead.ts";
import type { OnParked } from "./parkedWork.ts";
import type { Process } from "./process.ts";
import { timerLanes } from "./timerLanes.ts";

/** Makes the worker of a service: it does what the service was asked, looks at its processes and makes its calls. */
export function createWorker(options: WorkerOptions): Worker {
  const { database, log, concurrency = 4, callConcurrency = 16 } = options;
  const inHand = createAttemptsInHand(options);
  const calls = effectLanes(options, inHand);
  const rest = [...commandLanes(options), ...timerLanes(options)];
  const lanes = [...rest, ...calls];
  const crews = [
    { lanes: rest, most: concurrency },
    { lanes: calls, most: callConcurrency },
  ];
  let stop = async (): Promise<void> => {};
  return {
    drain: () => drain(lanes),
    async start() {
      if (lanes.length === 0) return;
      const going = keepWorking({ crews, log, lookAhead: (of) => lookAhead(database, of) });
      const forget = watchBacklog(database, lanes);
      stop = async () => {
        forget();
        await going.stop();
      };
      const isAbout = (hint: string) => (lane: Lane) => hint === `${lane.work} ${lane.kind}`;
      const listening = Promise.all([
        database.listen(
          HINTS,
          (hint) => going.wake(isAbout(hint)),
          () => going.wake(),
        ),
        database.listen(CANCELLATIONS, inHand.callOff),
      ]);
      // Without hints it is slower and nothing worse.
      const unlisten = await listening.catch((error: unknown) => {
        log.warn({ err: error }, "A worker hears no hints, and looks by itself");
        return [];
      });
      stop = async () => {
        forget();
        await Promise.all(unlisten.map((one) => one().catch(() => {})));
        await going.stop();
      };
    },
    stop: () => stop(),
  };
}

/** What a worker works on, and with what. */
export interface WorkerOptions {
  readonly database: Database;
  readonly log: Log;
  /** Handed to processes that ask and effects that call. */
  readonly services: unknown;
  readonly commands: readonly CommandHandler[];
  readonly processes: readonly Process[];
  readonly effects: readonly Effect[];
  /** How many commands and processes are in hand at once, each on a connection of its own; 4 unless told otherwise. */
  readonly concurrency?: number | undefined;
  /** How many calls to the outside world are made at once; 16 unless told otherwise. */
  readonly callConcurrency?: number | undefined;
  /** Told when a command is parked. */
  readonly onParked?: OnParked | undefined;
  /** The sentences in which people are told why a command is parked. */
  readonly messages?: ErrorTable | undefined;
  /** How long a command or a look at a process may take before it counts as failed; 30 unless told otherwise. */
  readonly handlerTimeoutSeconds?: number | undefined;
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

async function drain(lanes: readonly Lane[]): Promise<number> {
  let done = 0;
  for (let before = -1; before < done;) {
    before = done;
    for (const lane of lanes) while (await lane.runOne()) done += 1;
  }
  return done;
}
