import { performance } from "node:perf_hooks";

const fewUnderWay = 4;
const atOnce = 4;
const enoughIdle = 0.3;
const longestWaitMilliseconds = 250;

/**
 * Responses before admissions: while the event loop has more to do than it can, what is under way ends before more is begun, so
 * that little is alive at a time and little has to be collected. As soon as the loop has waited for something, there is room.
 */
export class Admissions {
  readonly #waiting: { readonly begin: () => void; readonly since: number }[] = [];
  #underWay = 0;
  #idleSoFar = 0;
  #lookedAt = 0;
  #isLooking = false;

  /** Resolves when the caller may begin; each that has begun must `leave`. */
  enter(): Promise<void> | undefined {
    if (!this.#waiting.length && this.#underWay < fewUnderWay) {
      this.#underWay += 1;
      return undefined;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ begin: resolve, since: performance.now() });
    if (!this.#isLooking) this.#lookSoon();
    return promise;
  }

  leave(): void {
    this.#underWay -= 1;
    if (this.#underWay < fewUnderWay) this.#admit(1);
  }

  readonly #look = (): void => {
    this.#isLooking = false;
    const idle = performance.nodeTiming.idleTime;
    const now = performance.now();
    const hasRoom = idle - this.#idleSoFar > (now - this.#lookedAt) * enoughIdle;
    // What is under way may itself wait, for a silent subgraph, while others keep the loop busy.
    const hasWaited = now - (this.#waiting[0]?.since ?? now) > longestWaitMilliseconds;
    if (hasRoom || hasWaited) this.#admit(atOnce);
    this.#idleSoFar = idle;
    this.#lookedAt = now;
    if (this.#waiting.length) this.#lookSoon();
  };

  #lookSoon(): void {
    this.#isLooking = true;
    setTimeout(this.#look, 1);
  }

  #admit(count: number): void {
    for (const { begin } of this.#waiting.splice(0, count)) {
      this.#underWay += 1;
      begin();
    }
  }
}
