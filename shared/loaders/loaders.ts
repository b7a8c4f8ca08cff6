import DataLoader from "dataloader";
import type { TenantDatabase } from "#shared/database/tenantDatabase.ts";

/** At most one value for each key. */
export function loadOne<Key, Value>(loader: LoaderOf<Key, Value>): Loader<Key, Value | null> {
  return {
    name: loader.name,
    cacheKey: loader.cacheKey ?? identity,
    async batch(db, keys) {
      const values = await loader.fetch(db, keys);
      const found = new Map(values.map((value) => [loader.key(value), value]));
      return keys.map((key) => found.get((loader.cacheKey ?? identity)(key)) ?? null);
    },
  };
}

/** Any number of values for each key, in the order in which they were fetched. */
export function loadMany<Key, Value>(loader: LoaderOf<Key, Value>): Loader<Key, Value[]> {
  return {
    name: loader.name,
    cacheKey: loader.cacheKey ?? identity,
    async batch(db, keys) {
      const values = await loader.fetch(db, keys);
      const found = Map.groupBy(values, loader.key);
      return keys.map((key) => found.get((loader.cacheKey ?? identity)(key)) ?? []);
    },
  };
}

/** What a loader is made of: how the values of many keys are fetched, and which key a value is an answer to. */
export interface LoaderOf<Key, Value> {
  readonly name: string;
  /** One statement for all the keys, of which there are at most 1,000. */
  readonly fetch: (db: TenantDatabase, keys: readonly Key[]) => Promise<readonly Value[]>;
  /** The key, or the cache key where keys are objects, that a value is an answer to. */
  readonly key: (value: Value) => unknown;
  /** What makes two keys the same; needed where keys are objects. */
  readonly cacheKey?: (key: Key) => unknown;
}

/** A plain value that says how to load; `load` reads it. */
export interface Loader<Key, Answer> {
  readonly name: string;
  readonly cacheKey: (key: Key) => unknown;
  readonly batch: (db: TenantDatabase, keys: readonly Key[]) => Promise<Answer[]>;
}

/** Reads through a loader: each key once in its lifetime, all keys asked for in the same tick with one statement. */
export type Load = <Key, Answer>(loader: Loader<Key, Answer>, key: Key) => Promise<Answer>;

/** The most keys that one statement asks for. */
export const MOST_KEYS = 1_000;

/** Loading for the length of one request. It keeps what it read, so it must not outlive what may change. */
export function createLoad(db: TenantDatabase): Load {
  const dataLoaders = new Map<Loader<never, unknown>, DataLoader<unknown, unknown, unknown>>();
  return <Key, Answer>(loader: Loader<Key, Answer>, key: Key): Promise<Answer> => {
    let dataLoader = dataLoaders.get(loader);
    if (!dataLoader) {
      dataLoader = new DataLoader<unknown, unknown, unknown>((keys) => loader.batch(db, keys as Key[]), {
        maxBatchSize: MOST_KEYS,
        cacheKeyFn: loader.cacheKey as (key: unknown) => unknown,
        name: loader.name,
      });
      dataLoaders.set(loader, dataLoader);
    }
    return dataLoader.load(key) as Promise<Answer>;
  };
}

function identity<Key>(key: Key): unknown {
  return key;
}
