import { LRUCache } from "lru-cache";
import type { TenantDatabase, TenantTransaction } from "#shared/database/tenantDatabase.ts";
import { exposed } from "#supergraph/errors.ts";

/** How many alerts a minute are taken of a source, and of all sources of a tenant. */
export interface AlertRates {
  readonly source: number;
  readonly tenant: number;
}

/** Says whether alerts may come in. */
export interface RateLimiter {
  /**
   * Takes so many alerts of a source off its allowance and its tenant's. A payload is taken whole while there is room for one
   * alert; what it has too many, the next ones wait for. Throws RATE_LIMITED with the seconds until there is room again.
   */
  take(db: TenantDatabase, sourceId: string, alerts: number): Promise<void>;
}

/**
 * A token bucket per source and per tenant, shared by all processes through the database (the generic cell rate algorithm:
 * a row is the time at which its bucket is full again). A process takes a hundredth of a minute's tokens at a time, so that
 * few requests have to ask.
 */
export function createRateLimiter(rates: AlertRates): RateLimiter {
  const taken = new LRUCache<string, number>({ max: MOST_BUCKETS });
  return {
    async take(db, sourceId, alerts) {
      const buckets = [
        { of: sourceId, perMinute: rates.source, per: "a minute and alert source" },
        { of: "tenant", perMinute: rates.tenant, per: "a minute and tenant" },
      ].map((bucket) => ({ ...bucket, key: `${db.tenantId} ${bucket.of}` }));
      const asked = buckets.map((bucket) => ({ bucket, ...spend(taken, bucket.key, alerts) }));
      const short = asked.filter(({ missing }) => missing > 0);
      if (short.length === 0) return;
      const portionOf = ({ perMinute }: Bucket, missing: number) =>
        Math.max(missing, Math.floor(perMinute / PORTIONS));
      try {
        await db.transaction(async (tx) => {
          for (const { bucket, missing } of short) await draw(tx, bucket, portionOf(bucket, missing));
        });
      } catch (error) {
        for (const { bucket, spent } of asked) add(taken, bucket.key, spent);
        throw error;
      }
      for (const { bucket, missing } of short) add(taken, bucket.key, portionOf(bucket, missing) - missing);
    },
  };
}

const MOST_BUCKETS = 10_000;
const PORTIONS = 100;
const MINUTE = 60_000_000;

interface Bucket {
  readonly of: string;
  readonly perMinute: number;
  readonly per: string;
}

function spend(taken: LRUCache<string, number>, key: string, alerts: number) {
  const had = taken.get(key) ?? 0;
  const spent = Math.min(had, alerts);
  taken.set(key, had - spent);
  return { spent, missing: alerts - spent };
}

function add(taken: LRUCache<string, number>, key: string, tokens: number): void {
  taken.set(key, (taken.get(key) ?? 0) + tokens);
}

async function draw(tx: TenantTransaction, bucket: Bucket, tokens: number): Promise<void> {
  const microseconds = Math.floor(MINUTE / bucket.perMinute);
  const now = await tx.now();
  // Full in a minute: empty. One token has to be there.
  const latest = now.add({ microseconds: MINUTE - microseconds });
  const filled = { microseconds: microseconds * tokens };
  const [drawn] = await tx.sql`
    insert into alerts.alert_allowance as allowance (tenant_id, allowance_of, full_at)
    values (${tx.tenantId}, ${bucket.of}, ${now.add(filled)})
    on conflict (tenant_id, allowance_of) do update
    set full_at = greatest(allowance.full_at, ${now}) + make_interval(secs => ${filled.microseconds / 1_000_000})
    where allowance.full_at <= ${latest}
    returning id`;
  if (drawn) return;
  const [row] = await tx.sql<{ full_at: Temporal.Instant }>`
    select full_at from alerts.alert_allowance where tenant_id = ${tx.tenantId} and allowance_of = ${bucket.of}`;
  const wait = (row!.full_at.epochMilliseconds - latest.epochMilliseconds) / 1_000;
  throw exposed("RATE_LIMITED", `alerts of ${bucket.of}`, {
    limit: "alerts",
    maximum: bucket.perMinute,
    per: bucket.per,
    retryAfterSeconds: Math.max(Math.ceil(wait), 1),
  });
}
