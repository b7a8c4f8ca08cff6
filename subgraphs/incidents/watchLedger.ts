import type { Database } from "#shared/database/database.ts";
import { gauge } from "#shared/telemetry/metrics.ts";
import { breaksOfTenant, invariants, type Break } from "#supergraph/ledger/ledger.ts";

/**
 * Has metrics tell how many breaks of each invariant there are over all tenants, counted at most once a minute in each process and
 * only where metrics are asked for. The database that was given last is looked at.
 */
export function watchLedger(database: Database): void {
  watched = { database, count: undefined, countedAt: -Infinity };
  const help =
    "For how many rows an invariant between services does not hold, at most a minute ago; 100 of a tenant at most";
  gauge("ledger_breaks", help, ["invariant"], async function () {
    for (const [invariant, breaks] of await latestCount()) this.set({ invariant }, breaks);
  });
}

interface Watched {
  readonly database: Database;
  count: Promise<ReadonlyMap<string, number>> | undefined;
  countedAt: number;
}

let watched: Watched | undefined;

const EVERY_MS = 60_000;

// Without a database there is nothing to tell.
async function latestCount(): Promise<ReadonlyMap<string, number>> {
  if (!watched) return new Map();
  const { count, countedAt, database } = watched;
  if (count && performance.now() - countedAt < EVERY_MS) return count;
  watched.countedAt = performance.now();
  return (watched.count = countAll(database).catch(() => new Map<string, number>()));
}

async function countAll(database: Database): Promise<ReadonlyMap<string, number>> {
  const counts = new Map(invariants.map(({ name }) => [name, 0]));
  const tenants = await database.acrossTenants("count what the ledger says", ({ sql }) => {
    return sql<{ id: string }>`select id from identity.tenant`;
  });
  for (const { id } of tenants) {
    const breaks = await database.tenant(id).reading((db) => db.sql<Break>(breaksOfTenant, id));
    for (const { invariant } of breaks) counts.set(invariant, (counts.get(invariant) ?? 0) + 1);
  }
  return counts;
}
