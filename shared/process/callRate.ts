import { LRUCache } from "lru-cache";

/** How many calls are made for each tenant a minute: a token bucket each, which holds those of a minute. */
export interface CallRate {
  /** Whether another call may be made for the tenant now. */
  mayCall(tenantId: string): boolean;
  take(tenantId: string): void;
  /** The call that was taken into account was not made. */
  giveBack(tenantId: string): void;
  /** A call of the tenant is due and has to wait: its calls are late until it has caught up. */
  refuse(tenantId: string): void;
  /** Nothing of the tenant is due any more. */
  caughtUp(tenantId: string): void;
  isLate(tenantId: string): boolean;
}

/** Counts calls, so many a minute and tenant. `onExceeded` is called for a tenant that has to wait, at most once a minute. */
export function createCallRate(perMinute: number, onExceeded: (tenantId: string) => void): CallRate {
  // Whoever is forgotten has a full bucket; so many tenants do not exceed their rate at once.
  const buckets = new LRUCache<string, Bucket>({ max: MOST_REMEMBERED });
  const bucketOf = (tenantId: string): Bucket => {
    const now = performance.now();
    const found = buckets.get(tenantId) ?? fullBucket(perMinute, now);
    found.tokens = Math.min(perMinute, found.tokens + ((now - found.filledAt) / MINUTE_MS) * perMinute);
    found.filledAt = now;
    buckets.set(tenantId, found);
    return found;
  };
  return {
    mayCall: (tenantId) => bucketOf(tenantId).tokens >= 1,
    take: (tenantId) => void (bucketOf(tenantId).tokens -= 1),
    giveBack: (tenantId) => void (bucketOf(tenantId).tokens += 1),
    refuse(tenantId) {
      const bucket = bucketOf(tenantId);
      bucket.isLate = true;
      if (bucket.filledAt - bucket.toldAt < MINUTE_MS) return;
      bucket.toldAt = bucket.filledAt;
      onExceeded(tenantId);
    },
    caughtUp: (tenantId) => void (bucketOf(tenantId).isLate = false),
    isLate: (tenantId) => buckets.peek(tenantId)?.isLate ?? false,
  };
}

/** Any number of calls. */
export const UNLIMITED: CallRate = {
  mayCall: () => true,
  take() {},
  giveBack() {},
  refuse() {},
  caughtUp() {},
  isLate: () => false,
};

interface Bucket {
  tokens: number;
  filledAt: number;
  toldAt: number;
  isLate: boolean;
}

function fullBucket(tokens: number, filledAt: number): Bucket {
  return { tokens, filledAt, toldAt: -Infinity, isLate: false };
}

const MINUTE_MS = 60_000;
const MOST_REMEMBERED = 10_000;
