/** Numbers that follow from a seed, the same each time (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0 on that is smaller than `below`. */
  next(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  /** True so many times in a hundred. */
  chance(percent: number): boolean {
    return this.next(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    if (!list.length) throw new Error("There is nothing to pick from.");
    return list[this.next(list.length)] as T;
  }

  /** So many of a list at most, each once and in no order. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    const chosen: T[] = [];
    while (chosen.length < count && left.length) chosen.push(...left.splice(this.next(left.length), 1));
    return chosen;
  }
}

/** A number that follows from a text, like any other text's by chance alone (FNV-1a, mixed once more). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
