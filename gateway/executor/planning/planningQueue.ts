/** What waits for a planner. */
export interface Waiting {
  /** Whether it is small, as far as that can be told beforehand: the small ones of an owner go first. */
  readonly isSmall: boolean;
  readonly bytes: number;
}

/** The lanes of planning: one takes everything, the other, so that it is never long in use, small operations only. */
export type Lane = "any" | "small";

/** How much may wait. */
export interface QueueBounds {
  readonly jobs: number;
  readonly bytes: number;
}

/**
 * Operations that wait to be planned. Every owner has a turn after the other, whatever the others ask for; a job that several owners wait for
 * stands in the queue of each, and is taken once. When there is no room, who has most waiting loses the last of it.
 */
export class PlanningQueue<Job extends Waiting> {
  readonly #bounds: QueueBounds;
  /** In the order of their turns. */
  readonly #owners = new Map<string, Job[]>();
  /** In how many owners' queues each job stands. */
  readonly #places = new Map<Job, number>();
  #bytes = 0;

  constructor(bounds: QueueBounds) {
    this.#bounds = bounds;
  }

  get length(): number {
    return this.#places.size;
  }

  has(job: Job): boolean {
    return this.#places.has(job);
  }

  hasSmall(): boolean {
    return this.#places.keys().some(({ isSmall }) => isSmall);
  }

  /** Has a job wait for this owner; the answer is the job that finds no room for it, which may be this very one. */
  add(job: Job, owner: string): Job | null {
    const waiting = this.#owners.get(owner) ?? [];
    if (waiting.includes(job)) return null;
    // The small ones of an owner first, and of each kind in the order in which they came.
    const at = job.isSmall ? waiting.findIndex((other) => !other.isSmall) : -1;
    this.#owners.set(owner, at === -1 ? [...waiting, job] : waiting.toSpliced(at, 0, job));
    const places = this.#places.get(job) ?? 0;
    if (places === 0) this.#bytes += job.bytes;
    this.#places.set(job, places + 1);
    if (this.length <= this.#bounds.jobs && this.#bytes <= this.#bounds.bytes) return null;
    const loser = this.#lastOfMost();
    return this.has(loser) ? null : loser;
  }

  /** Takes the job whose turn it is out of the queue. */
  next(lane: Lane): Job | undefined {
    for (const [owner, [job]] of this.#owners) {
      if (!job || (lane === "small" && !job.isSmall)) continue;
      this.#takeOut(job);
      const rest = this.#owners.get(owner);
      // The last in turn from now on.
      this.#owners.delete(owner);
      if (rest) this.#owners.set(owner, rest);
      return job;
    }
    return undefined;
  }

  /** Takes the jobs out of which this is true. */
  remove(which: (job: Job) => boolean): Job[] {
    const found = [...this.#places.keys()].filter(which);
    for (const job of found) this.#takeOut(job);
    return found;
  }

  #lastOfMost(): Job {
    let [loser, most]: [string, readonly Job[]] = ["", []];
    for (const [owner, waiting] of this.#owners)
      if (waiting.length > most.length) [loser, most] = [owner, waiting];
    const last = most.at(-1)!;
    this.#leave(loser, most, last);
    return last;
  }

  #takeOut(job: Job): void {
    for (const [owner, waiting] of this.#owners) if (waiting.includes(job)) this.#leave(owner, waiting, job);
  }

  #leave(owner: string, waiting: readonly Job[], job: Job): void {
    const rest = waiting.filter((other) => other !== job);
    if (rest.length) this.#owners.set(owner, rest);
    else this.#owners.delete(owner);
    const places = (this.#places.get(job) ?? 1) - 1;
    if (places > 0) return void this.#places.set(job, places);
    this.#places.delete(job);
    this.#bytes -= job.bytes;
  }
}
