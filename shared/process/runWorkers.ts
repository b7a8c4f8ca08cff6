import { setTimeout as wait } from "node:timers/promises";
import { rateLimited, type Log, type RateLimitedLog } from "#shared/log/log.ts";
import { keyOf } from "./dueQueues.ts";
import type { Hint } from "./hints.ts";
import { NOTHING, type Lane, type Ran } from "./lane.ts";

/** How much of the lanes is in hand at once. */
export interface Pool {
  readonly lanes: readonly Lane[];
  readonly most: number;
}

/** What goes on until it is stopped. */
export interface RunningWorkers {
  /** There may be something to do: what is hinted at, or anything. */
  wake(hint?: Hint): void;
  /** Takes on nothing new, and waits so many seconds for what is in hand; whether all of it was done by then. */
  stop(seconds: number): Promise<boolean>;
  /** When it was seen last what is due, by `performance.now()`. */
  lookedAt(): number;
}

/** What the loop needs. */
export interface KeepWorkingOptions {
  readonly pools: readonly Pool[];
  /** In how many milliseconds the earliest of each lane is due. */
  lookAhead(lanes: readonly Lane[]): Promise<number[]>;
  readonly log: Log;
}

/**
 * Works on what is due, and sleeps until the next is. A notification in between only makes it look sooner; it looks by
 * itself often enough for nothing to depend on notifications.
 */
export function runWorkers({ pools, lookAhead, log }: KeepWorkingOptions): RunningWorkers {
  const complaints = rateLimited(log, { perSeconds: 10 });
  const alarm = createAlarm();
  const end = new AbortController();
  const poolsAtWork = pools.map((pool) =>
    createPool(pool, { end: end.signal, whenEmpty: alarm.ring, complaints }),
  );
  const turns = poolsAtWork.flatMap((pool) => pool.turns);

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
      poolsAtWork.forEach((pool) => pool.fill());
      await alarm.sleep(sleep);
    }
  };

  const looping = loop();
  return {
    wake(hint) {
      if (hint) turns.filter(({ lane }) => isAbout(hint, lane)).forEach((turn) => tell(turn, hint.tenantId));
      else turns.forEach(rouse);
      poolsAtWork.forEach((pool) => pool.fill());
    },
    stop(seconds) {
      end.abort();
      alarm.ringNow();
      const idle = Promise.all([looping, ...poolsAtWork.map((pool) => pool.whenIdle())]);
      return Promise.race([idle.then(() => true), wait(seconds * 1_000, false, { ref: false })]);
    },
    lookedAt: () => lookedAt,
  };
}

// Hints may be missed, and clocks may be moved.
const LONGEST_SLEEP_MS = 500;

// What is due later than now is rarely due sooner than that: those who find nothing ask for one look together.
const SHORTEST_SLEEP_MS = 100;

// What is due may be in another worker's hands, or its tenant's slots taken: then there is no point in looking again at once.
const REST_MS = 20;
const LONGEST_REST_MS = 160;

/** A lane, and whether it is worth looking into. */
interface QueueState {
  readonly lane: Lane;
  isReady: boolean;
  /** How often a look found nothing. */
  looksInVain: number;
  /** Who looks into it at this moment: one at a time, or each hint would have all of them look for the same. */
  lookedIntoBy: symbol | null;
  /** Until when nobody looks into it but those who found something there. */
  restsUntil: number;
  /** How long it rests when it is found empty once more. */
  restMs: number;
  /** The queues with work for which no slot was free. */
  readonly heldBack: Map<string, { tenantId: string; destination?: string }>;
}

interface PoolOptions {
  readonly end: AbortSignal;
  readonly whenEmpty: () => void;
  readonly complaints: RateLimitedLog;
}

// Whoever finds work calls the next to look for more: so one hint costs one look, and a thousand rows get all hands.
function createPool({ lanes, most }: Pool, { end, whenEmpty, complaints }: PoolOptions) {
  let turns = lanes.map(stateOf);
  const inHand = new Set<Promise<void>>();

  const nextTurn = (): QueueState | undefined => {
    const turn = turns.find(isToBeLookedInto);
    if (turn) turns = [...turns.filter((other) => other !== turn), turn];
    return turn;
  };

  const work = async (): Promise<void> => {
    for (let turn = nextTurn(); turn && !end.aborted; turn = nextTurn()) {
      const { looksInVain } = turn;
      const { count, heldBack, leavesMore } = await lookInto(turn, { fill, complaints });
      heldBack.forEach((queue) => turn.heldBack.set(keyOf(queue), queue));
      turns.filter(isFreeAgain).forEach(rouse);
      // A look meanwhile, over or not, may have passed over what was held back because its key was in hand.
      const wasPassedOver = turn.looksInVain !== looksInVain || turn.lookedIntoBy !== null;
      if (count > 0 && (leavesMore || wasPassedOver)) turn.isReady = true;
      if (count > 0) turn.restMs = REST_MS;
      else turn.looksInVain += 1;
      fill();
      if (count > 0 || turn.isReady) continue;
      if (!isResting(turn)) whenEmpty();
      // What is asked of a service is hinted at; of the rest, others' may become due meanwhile.
      const isHinted = turn.lane.work === "command";
      turn.restsUntil =
        performance.now() + (isHinted && turn.heldBack.size > 0 ? LONGEST_SLEEP_MS : turn.restMs);
      turn.restMs = Math.min(turn.restMs * 2, LONGEST_REST_MS);
    }
  };

  const fill = (): void => {
    if (end.aborted || inHand.size >= most) return;
    if (!turns.some((turn) => isToBeLookedInto(turn) && !isResting(turn))) return;
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

async function lookInto(
  turn: QueueState,
  { fill, complaints }: Pick<PoolOptions, "complaints"> & { fill: () => void },
): Promise<Ran> {
  const me = Symbol("look");
  [turn.isReady, turn.lookedIntoBy] = [false, me];
  const hasLooked = (): void => {
    if (turn.lookedIntoBy === me) turn.lookedIntoBy = null;
  };
  const onTaken = (mayBeMore: boolean): void => {
    hasLooked();
    if (mayBeMore) turn.isReady = true;
    fill();
  };
  try {
    return await turn.lane.runSome(onTaken);
  } catch (error) {
    const { kind } = turn.lane;
    complaints.error({ err: error, kind }, "A worker could not write down how its work failed");
    return NOTHING;
  } finally {
    hasLooked();
  }
}

function stateOf(lane: Lane): QueueState {
  return {
    lane,
    isReady: false,
    looksInVain: 0,
    lookedIntoBy: null,
    restsUntil: 0,
    restMs: REST_MS,
    heldBack: new Map(),
  };
}

function isToBeLookedInto({ isReady, lookedIntoBy }: QueueState): boolean {
  return isReady && lookedIntoBy === null;
}

function rouse(turn: QueueState): void {
  [turn.isReady, turn.restsUntil, turn.restMs] = [true, 0, REST_MS];
  turn.heldBack.clear();
}

function isAbout({ work, kind }: Hint, lane: Lane): boolean {
  return lane.work === work && lane.kind === kind;
}

// Whose slots are all taken is looked after when one of them is free.
function tell(turn: QueueState, tenantId: string): void {
  if (turn.lane.hasSlotFor(tenantId)) rouse(turn);
  else turn.heldBack.set(tenantId, { tenantId });
}

function isFreeAgain({ lane, heldBack }: QueueState): boolean {
  return heldBack.values().some(({ tenantId, destination }) => lane.hasSlotFor(tenantId, destination));
}

function isResting({ restsUntil }: QueueState): boolean {
  return restsUntil > performance.now();
}

function createAlarm() {
  let wakeUp = (): void => {};
  let rang = false;
  let asleepSince = performance.now();
  const ringNow = (): void => {
    rang = true;
    wakeUp();
  };
  let ringing: NodeJS.Timeout | undefined;
  return {
    ringNow,
    /** Wakes up whoever sleeps, once that was for a moment. */
    ring(): void {
      ringing ??= setTimeout(
        () => {
          ringing = undefined;
          ringNow();
        },
        Math.max(0, asleepSince + SHORTEST_SLEEP_MS - performance.now()),
      );
    },
    async sleep(milliseconds: number): Promise<void> {
      asleepSince = performance.now();
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
