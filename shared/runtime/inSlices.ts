/** How many steps are taken before everything else that waits for the event loop has its turn. */
export const STEPS_A_SLICE = 1_000;

const waiting: (() => boolean)[] = [];
let stepsLeft = STEPS_A_SLICE;
let isRefilling = false;

/**
 * Runs a generator to its end, and never holds the event loop for long: whatever runs this way takes at most STEPS_A_SLICE
 * steps together before timers, sockets and everybody else go first, and takes turns with what else runs this way. What
 * yields after each bounded piece of work is as quick as a loop when there is little of it. Rejects with what the generator
 * throws.
 */
export function inSlices<T>(work: Iterator<void, T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const goOn = (): boolean => {
      try {
        while (stepsLeft > 0) {
          stepsLeft--;
          const { done, value } = work.next();
          if (!done) continue;
          resolve(value);
          return true;
        }
        return false;
      } catch (error) {
        reject(error);
        return true;
      }
    };
    refillLater();
    if (!goOn()) waiting.push(goOn);
  });
}

function refillLater(): void {
  if (isRefilling) return;
  isRefilling = true;
  setImmediate(() => {
    isRefilling = false;
    stepsLeft = STEPS_A_SLICE;
    for (let goOn = waiting.shift(); goOn; goOn = waiting.shift()) {
      if (goOn()) continue;
      waiting.push(goOn);
      break;
    }
    if (waiting.length || stepsLeft < STEPS_A_SLICE) refillLater();
  });
}
