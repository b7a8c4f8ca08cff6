import { LRUCache } from "lru-cache";

/** Shares the processor between owners of work, such as tenants: whoever has had much of it rests while others are there. */
export interface FairShare {
  /** Says that work of an owner begins: it counts as there for 5 s. */
  note(owner: string): void;
  /** How long an owner rests after work that took so long, in milliseconds; 0 for whoever is alone. */
  restAfter(owner: string, tookMs: number): number;
}

/** Makes owners rest `factor` times as long as their work took, and `longestMs` at most, while another owner is there. */
export function createFairShare({ factor, longestMs }: { factor: number; longestMs: number }): FairShare {
  const lately = new LRUCache<string, true>({ max: MOST_REMEMBERED, ttl: LATELY_MS });
  const hasOthers = (owner: string): boolean =>
    lately.keys().some((other) => other !== owner && lately.has(other));
  return {
    note: (owner) => void lately.set(owner, true),
    restAfter: (owner, tookMs) => (hasOthers(owner) ? Math.min(tookMs * factor, longestMs) : 0),
  };
}

const LATELY_MS = 5_000;
const MOST_REMEMBERED = 1_000;
