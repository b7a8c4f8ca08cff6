import { setTimeout as wait } from "node:timers/promises";
import { rateLimited, type Log, type RateLimitedLog } from "#shared/log/log.ts";
import { HELD_BACK, type Lane } from "./lane.ts";

/** How much of the lanes is in hand at once. */
export interface Crew {
  readonly lanes: readonly Lane[];
  readonly most: number;
}

/** What goes on until it is stopped. */
export interface Going {
  /** There may be something to do: in the lanes that this is said of, or in any. */
  wake(concerns?: (lane: Lane) => boolean): void;
  /** Takes on nothing new, and waits so many seconds for what is in hand; whether all of it was done by then. */
  stop(seconds: number): Promise<boolean>;
  /** When it was seen last what is due, by `performance.now()`. */
  lookedAt(): number;
}

/** What the loop needs. */
export interface KeepWorkingOptions {
  readonly crews: readonly Crew[];
  /** In how many milliseconds the earliest of each lane is due. */
  lookAhead(lanes: readonly Lane[]): Promise<number[]>;
  readonly log: Log;
}

/**
 * Works on what is due, and sleeps until the next is. Whatever it is told in between only makes it look sooner; it looks by
 * itself often enough for nothing to depend on being told.
 */
export function keepWorking({ crews, lookAhead, log }: KeepWorkingOptions): Going {
  const complaints = rateLimited(log, { perSeconds: 10 });
  const alarm = createAlarm();
  const end = new AbortController();
  const crewsAtWork = crews.map((crew) =>
    createCrew(crew, { end: end.signal, whenEmpty: alarm.ring, complaints }),
  );
  const turns = crewsAtWork.flatMap((crew) => crew.turns);

  let lookedAt = performance.now();
  const look = async (): Promise<number> => {
    const now = performance.now();
    const dueIn = await lookAhead(turns.map(({ lane }) => lane));
    lookedAt = performance.now();
    let next = LONGEST_SLEEP_MS;
    turns.forEach((turn, index) => {
      const restsFor = Math.max(dueIn[index]!, turn.restsUntil - now);
      if (restsFor <= 0) turn.isReady = true;
      else next = Math.min(next, restsFor);
    });
    return next;
  };

  const loop = async (): Promise<void> => {
    while (!end.signal.aborted) {
      const sleep = await look().catch((error: unknown) => {
        complaints.error({ err: error }, "A worker could not see what is due");
        return LONGEST_SLEEP_MS;
      });
      crewsAtWork.forEach((crew) => crew.fill());
      await alarm.sleep(sleep);
    }
  };

  const looping = loop();
  return {
    wake(concerns = () => true) {
      turns.filter(({ lane }) => concerns(lane)).forEach(rouse);
      crewsAtWork.forEach((crew) => crew.fill());
    },
    stop(seconds) {
      end.abort();
      alarm.ring();
      const idle = Promise.all([looping, ...crewsAtWork.map((crew) => crew.whenIdle())]);
      return Promise.race([idle.then(() => true), wait(seconds * 1_000, false, { ref: false })]);
    },
    lookedAt: () => lookedAt,
  };
}

// Hints may be missed, and clocks may be moved.
const LONGEST_SLEEP_MS = 500;

// What is due may be in another worker's hands, or its tenant's slots taken: then there is no point in looking again at once.
const REST_MS = 20;
const LONGEST_REST_MS = 160;

/** A lane, and whether it is worth looking into. */
interface Turn {
  readonly lane: Lane;
  isReady: boolean;
  /** Grows with each wake, so that one that comes while a lane is found empty is not forgotten. */
  timesWoken: number;
  /** Until when nobody looks into it but those who found something there. */
  restsUntil: number;
  /** How long it rests when it is found empty once more. */
  restMs: number;
  /** Whether it had work the last time, for which no slot was free. */
  isHeldBack: boolean;
}

interface CrewOptions {
  readonly end: AbortSignal;
  readonly whenEmpty: () => void;
  readonly complaints: RateLimitedLog;
}

// Whoever finds work calls the next to look for more: so one hint costs one look, and a thousand rows get all hands.
function createCrew({ lanes, most }: Crew, { end, whenEmpty, complaints }: CrewOptions) {
  let turns = lanes.map(turnOf);
  const inHand = new Set<Promise<void>>();

  const nextTurn = (): Turn | undefined => {
    const turn = turns.find(({ isReady }) => isReady);
    if (turn) turns = [...turns.filter((other) => other !== turn), turn];
    return turn;
  };

  const work = async (): Promise<void> => {
    for (let turn = nextTurn(); turn && !end.aborted; turn = nextTurn()) {
      const { timesWoken } = turn;
      const done = await turn.lane.runSome(fill).catch((error: unknown) => {
        complaints.error(
          { err: error, kind: turn?.lane.kind },
          "A worker could not write down how its work failed",
        );
        return 0;
      });
      // Where something was done there may be more, also of what was held back meanwhile because its key was in hand.
      if (typeof done === "number" && done > 0) {
        [turn.isReady, turn.restMs] = [true, REST_MS];
        turns.filter(({ isHeldBack }) => isHeldBack).forEach(rouse);
        fill();
        continue;
      }
      turn.isHeldBack = done === HELD_BACK;
      if (turn.timesWoken !== timesWoken) continue;
      turn.isReady = false;
      if (!isResting(turn)) whenEmpty();
      turn.restsUntil = performance.now() + turn.restMs;
      turn.restMs = Math.min(turn.restMs * 2, LONGEST_REST_MS);
    }
  };

  const fill = (): void => {
    if (end.aborted || inHand.size >= most || !turns.some((turn) => turn.isReady && !isResting(turn))) return;
    const worker: Promise<void> = work().finally(() => inHand.delete(worker));
    inHand.add(worker);
  };

  return {
    turns: [...turns],
    fill,
    async whenIdle() {
      while (inHand.size > 0) await Promise.all(inHand);
    },
  };
}

function turnOf(lane: Lane): Turn {
  return { lane, isReady: false, timesWoken: 0, restsUntil: 0, restMs: REST_MS, isHeldBack: false };
}

function rouse(turn: Turn): void {
  [turn.isReady, turn.restsUntil, turn.restMs] = [true, 0, REST_MS];
  turn.isHeldBack = false;
  turn.timesWoken += 1;
}

function isResting({ restsUntil }: Turn): boolean {
  return restsUntil > performance.now();
}

function createAlarm() {
  let wakeUp = (): void => {};
  let rang = false;
  return {
    ring(): void {
      rang = true;
      wakeUp();
    },
    async sleep(milliseconds: number): Promise<void> {
      if (!rang) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(1, milliseconds));
          wakeUp = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rang = false;
    },
  };
}
