import { performance } from "node:perf_hooks";

/** Who asks to begin. */
export interface Entrant {
  /** Whose it is: those of the same take turns with those of others. */
  readonly of?: string | undefined;
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
 * Responses before admissions: while the event loop has more to do than it can, what is under way ends before more is begun, so
 * that little is alive at a time and little has to be collected. As soon as the loop has waited for something, there is room.
 * Whoever waits takes turns, whatever the others ask for; of what is heavy each has one under way at a time.
 */
export class Admissions {
  /** In the order of their turns. */
  readonly #parties = new Map<string, Party>();
  #underWay = 0;
  #waiting = 0;
  #idleSoFar = 0;
  #lookedAt = 0;
  #admittedAt = performance.now();
  #isLooking = false;

  /** Resolves when the caller may begin, undefined when that is at once; each that has begun must `leave` as who entered. */
  enter(entrant: Entrant = {}): Promise<void> | undefined {
    const party = this.#partyOf(entrant);
    if (!party.waiting.length && this.#hasPlaceFor(party, entrant)) {
      this.#begin(party, entrant);
      return undefined;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    party.waiting.push({ entrant, begin: resolve });
    this.#waiting += 1;
    if (!this.#isLooking) this.#lookSoon();
    return promise;
  }

  leave(entrant: Entrant = {}): void {
    const party = this.#partyOf(entrant);
    party.underWay -= 1;
    if (entrant.isHeavy) party.heavy -= 1;
    this.#underWay -= 1;
    if (this.#underWay < places) this.#admit(1, (next, first) => this.#hasPlaceFor(next, first));
    this.#forget(party);
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

  #admit(most: number, mayBegin: (party: Party, entrant: Entrant) => boolean): void {
    for (let count = 0; count < most; count++) {
      const party = this.#parties
        .values()
        .find((one) => one.waiting[0] && mayBegin(one, one.waiting[0].entrant));
      if (!party) return;
      const { entrant, begin } = party.waiting.shift()!;
      this.#waiting -= 1;
      this.#begin(party, entrant);
      begin();
    }
  }

  #hasPlaceFor(party: Party, entrant: Entrant): boolean {
    if (this.#underWay >= places || !isNoSecondHeavy(party, entrant)) return false;
    return party.underWay < (this.#parties.size > 1 ? shared : alone);
  }

  #begin(party: Party, { isHeavy }: Entrant): void {
    party.underWay += 1;
    if (isHeavy) party.heavy += 1;
    this.#underWay += 1;
    this.#admittedAt = performance.now();
    // The last in turn from now on.
    this.#parties.delete(party.of);
    this.#parties.set(party.of, party);
  }

  #partyOf({ of = "" }: Entrant): Party {
    const known = this.#parties.get(of);
    if (known) return known;
    const party = { of, waiting: [], underWay: 0, heavy: 0 };
    this.#parties.set(of, party);
    return party;
  }

  #forget({ of, waiting, underWay }: Party): void {
    if (waiting.length === 0 && underWay === 0) this.#parties.delete(of);
  }
}

function isNoSecondHeavy({ heavy }: Party, { isHeavy }: Entrant): boolean {
  return !isHeavy || heavy === 0;
}

interface Party {
  readonly of: string;
  readonly waiting: { readonly entrant: Entrant; readonly begin: () => void }[];
  underWay: number;
  heavy: number;
}
