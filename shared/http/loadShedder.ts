import { performance } from "node:perf_hooks";
import { createFairShare } from "#shared/runtime/fairShare.ts";

/** Work that is to begin. */
export interface Load {
  /** Whose it is: the work of one owner takes turns with that of others. */
  readonly owner?: string | undefined;
  /** Whether it keeps the event loop busy for long. */
  readonly isHeavy?: boolean | undefined;
}

const places = 4;
/** How many of the places one may have while others are there, and while nobody is. */
const shared = 2;
const alone = 3;
const enoughIdle = 0.3;
const longestStandstillMilliseconds = 250;

/**
 * Sheds load by deferring it, responses before admissions: while the event loop has more to do than it can, what is under way ends before more is begun, so
 * that little is alive at a time and little has to be collected. As soon as the loop has waited for something, there is room.
 * Whoever waits takes turns, whatever the others ask for; of what is heavy each has one under way at a time, and while others are there
 * begins the next after twice as long as the one before took, a second at most: the event loop is theirs meanwhile.
 */
export class LoadShedder {
  /** In the order of their turns. */
  readonly #owners = new Map<string, Owner>();
  #underWay = 0;
  #waiting = 0;
  #idleSoFar = 0;
  #lookedAt = 0;
  #admittedAt = performance.now();
  #isLooking = false;
  readonly #share = createFairShare({ factor: 2, longestMs: 1_000 });

  /** Resolves when the caller may begin, undefined when that is at once; each that has begun must `release` what it acquired. */
  acquire(load: Load = {}): Promise<void> | undefined {
    const owner = this.#ownerOf(load);
    if (!owner.waiting.length && this.#hasPlaceFor(owner, load)) {
      this.#begin(owner, load);
      return undefined;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    owner.waiting.push({ load, begin: resolve });
    this.#waiting += 1;
    if (!this.#isLooking) this.#lookSoon();
    return promise;
  }

  release(load: Load = {}): void {
    const owner = this.#ownerOf(load);
    owner.underWay -= 1;
    if (load.isHeavy) this.#rest(owner);
    this.#underWay -= 1;
    if (this.#underWay < places) this.#admit(1, (next, first) => this.#hasPlaceFor(next, first));
    this.#forget(owner);
  }

  readonly #look = (): void => {
    this.#isLooking = false;
    const idle = performance.nodeTiming.idleTime;
    const now = performance.now();
    const hasRoom = idle - this.#idleSoFar > (now - this.#lookedAt) * enoughIdle;
    // What is under way may itself wait, for a silent subgraph, while others keep the loop busy.
    const standsStill = now - this.#admittedAt > longestStandstillMilliseconds;
    if (standsStill) this.#admit(places, () => true);
    else if (hasRoom) this.#admit(places, isNoSecondHeavy);
    this.#idleSoFar = idle;
    this.#lookedAt = now;
    if (this.#waiting > 0) this.#lookSoon();
  };

  #lookSoon(): void {
    this.#isLooking = true;
    setTimeout(this.#look, 1);
  }

  #admit(most: number, mayBegin: (owner: Owner, load: Load) => boolean): void {
    for (let count = 0; count < most; count++) {
      const owner = this.#owners.values().find((one) => one.waiting[0] && mayBegin(one, one.waiting[0].load));
      if (!owner) return;
      const { load, begin } = owner.waiting.shift()!;
      this.#waiting -= 1;
      this.#begin(owner, load);
      begin();
    }
  }

  #hasPlaceFor(owner: Owner, load: Load): boolean {
    if (this.#underWay >= places || !isNoSecondHeavy(owner, load)) return false;
    return owner.underWay < (this.#owners.size > 1 ? shared : alone);
  }

  #begin(owner: Owner, { isHeavy }: Load): void {
    owner.underWay += 1;
    this.#underWay += 1;
    this.#admittedAt = performance.now();
    if (isHeavy) [owner.heavy, owner.heavySince] = [owner.heavy + 1, this.#admittedAt];
    this.#share.note(owner.name);
    // The last in turn from now on.
    this.#owners.delete(owner.name);
    this.#owners.set(owner.name, owner);
  }

  #rest(owner: Owner): void {
    const end = (): void => {
      owner.heavy -= 1;
      this.#forget(owner);
    };
    const restMs = this.#share.restAfter(owner.name, performance.now() - owner.heavySince);
    if (restMs > 0) setTimeout(end, restMs).unref();
    else end();
  }

  #ownerOf({ owner: name = "" }: Load): Owner {
    const known = this.#owners.get(name);
    if (known) return known;
    const owner = { name, waiting: [], underWay: 0, heavy: 0, heavySince: 0 };
    this.#owners.set(name, owner);
    return owner;
  }

  #forget({ name, waiting, underWay, heavy }: Owner): void {
    if (waiting.length === 0 && underWay === 0 && heavy === 0) this.#owners.delete(name);
  }
}

function isNoSecondHeavy({ heavy }: Owner, { isHeavy }: Load): boolean {
  return !isHeavy || heavy === 0;
}

interface Owner {
  readonly name: string;
  readonly waiting: { readonly load: Load; readonly begin: () => void }[];
  underWay: number;
  heavy: number;
  heavySince: number;
}
