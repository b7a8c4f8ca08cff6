import { LRUCache } from "lru-cache";
import { parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { rateLimited, type Log, type RateLimitedLog } from "#shared/log/log.ts";
import { counter } from "#shared/telemetry/metrics.ts";
import { coordinatesOf } from "#shared/federation/coordinates.ts";
import { shapeOf, sizeClass, sizeVariables, type Sizes } from "#shared/federation/operationShape.ts";
import type { CountedUse, UsageStore, UsedOperation } from "./usageStore.ts";

/** Counts operations in memory and has a store add them up every so often. */
export interface UsageRecorder {
  /** Counts one operation: a look at two maps for one that was seen before. Never waits and never throws. */
  count(use: Use): void;
  /** Has everything counted so far stored; when that fails it is kept, and tried again with what comes. */
  flush(): Promise<void>;
  /** Stores what is left, for which it takes a second at most, and lets go of the store. */
  close(): Promise<void>;
}

/** One operation that is run. */
export interface Use {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** What of its arguments and variables says how many items are asked for. */
  readonly sizes: Sizes;
  readonly client: string | null;
  readonly version: string | null;
}

/** How operations are counted. */
export interface RecorderOptions {
  readonly store: UsageStore;
  readonly flushSeconds: number;
  readonly log: Log;
  /** How many different things wait for the store at most: shapes of operations, by client. */
  readonly mostKept?: number;
}

/** Begins to count. */
export function openUsageRecorder({
  store,
  flushSeconds,
  log,
  mostKept = 2_000,
}: RecorderOptions): UsageRecorder {
  const quiet = rateLimited(log, { perSeconds: 60 });
  const describe = operationsSeen(quiet);
  const waiting = usesWaiting(store, quiet, mostKept);
  let last = Promise.resolve();
  const flush = () => (last = last.then(waiting.send));
  const timer = setInterval(() => void flush(), flushSeconds * 1_000);
  timer.unref();
  return {
    count(use) {
      const operation = describe(use);
      if (!operation) return drop("shape", 1);
      const [client, version] = [named(use.client), named(use.version)];
      waiting.add(`${operation.hash} ${client} ${version}`, { client, version, operation, count: 1 });
    },
    flush,
    async close() {
      clearInterval(timer);
      await Promise.race([flush(), afterOneSecond()]);
      const left = waiting.count();
      drop("closed", left);
      if (left > 0) log.warn({ operations: left }, "Not every operation that clients sent could be stored");
      await Promise.race([store.close(), afterOneSecond()]);
    },
  };
}

interface Waiting {
  add(key: string, use: CountedUse): void;
  /** Has what waits stored, or wait on. */
  send(): Promise<void>;
  /** How many operations wait, those included that are being stored. */
  count(): number;
}

// While the store takes what has waited, as much again may come.
function usesWaiting(store: UsageStore, log: RateLimitedLog, most: number): Waiting {
  let waiting = new Map<string, CountedUse>();
  let sent = new Map<string, CountedUse>();
  const add = (key: string, use: CountedUse) => {
    const kept = waiting.get(key);
    if (kept) kept.count += use.count;
    else if (waiting.size < most) waiting.set(key, use);
    else drop("memory", use.count);
  };
  const send = async () => {
    if (waiting.size === 0) return;
    sent = waiting;
    waiting = new Map();
    try {
      drop("database", await store.add([...sent.values()]));
    } catch (error) {
      failures.inc();
      log.warn({ err: error }, "Which operations clients sent could not be stored, and waits");
      // What came first stays when not all can.
      const since = waiting;
      waiting = sent;
      for (const [key, use] of since) add(key, use);
    }
    sent = new Map();
  };
  return { add, send, count: () => total(waiting) + total(sent) };
}

function total(uses: ReadonlyMap<string, CountedUse>): number {
  return [...uses.values()].reduce((sum, { count }) => sum + count, 0);
}

const dropped = counter("gateway_usage_dropped_total", "Operations that were run and not recorded", [
  "reason",
]);
const failures = counter("gateway_usage_failures_total", "Times that usage could not be stored");

function drop(reason: "memory" | "database" | "shape" | "closed", count: number): void {
  if (count > 0) dropped.inc({ reason }, count);
}

/** The longest text of an operation that is kept, in characters. */
const LONGEST_TEXT = 20_000;

// An operation is described once; when a document is new but its shape is not, the first description stands for both.
function operationsSeen(log: RateLimitedLog): (use: Use) => UsedOperation | null {
  const bySchema = new WeakMap<GraphQLSchema, WeakMap<OperationDefinitionNode, SeenOperation>>();
  const byShape = new LRUCache<string, UsedOperation>({ max: 1_000 });
  let current: GraphQLSchema | undefined;
  const describe = ({ schema, document, operation, sizes }: Use): UsedOperation | null => {
    if (schema !== current) byShape.clear();
    current = schema;
    const shape = shapeOf(schema, document, operation, sizes);
    if (shape.text.length > LONGEST_TEXT) return null;
    const known = byShape.get(shape.hash);
    if (known) return known;
    const used = { ...shape, coordinates: [...coordinatesOf(schema, parse(shape.text))].sort() };
    byShape.set(shape.hash, used);
    return used;
  };
  return (use) => {
    let seen = bySchema.get(use.schema);
    if (!seen) bySchema.set(use.schema, (seen = new WeakMap()));
    let operation = seen.get(use.operation);
    if (!operation) {
      const { schema, document, sizes } = use;
      const names = tried(() => sizeVariables(schema, document, use.operation, sizes.isSize), log) ?? [];
      seen.set(use.operation, (operation = { sizeVariables: names, bySizes: new Map() }));
    }
    const key = operation.sizeVariables.map((name) => sizeClass(use.sizes.variables[name])).join();
    let used = operation.bySizes.get(key);
    if (used === undefined) {
      // Who asks for ever other sizes takes no more room and time than this: what comes then counts as what came first.
      const [first] = operation.bySizes.values();
      if (first !== undefined && operation.bySizes.size >= MOST_SIZES) return first;
      operation.bySizes.set(key, (used = tried(() => describe(use), log)));
    }
    return used;
  };
}

const MOST_SIZES = 100;

/** One operation of a document, by the classes of the sizes that its variables asked for. */
interface SeenOperation {
  readonly sizeVariables: readonly string[];
  readonly bySizes: Map<string, UsedOperation | null>;
}

// A failure to record an operation never fails the operation.
function tried<T>(work: () => T, log: RateLimitedLog): T | null {
  try {
    return work();
  } catch (error) {
    log.warn({ err: error }, "What an operation asks for could not be recorded");
    return null;
  }
}

// Anybody may send any header: what is kept of one is short and has no surprises in it.
function named(header: string | null): string {
  if (!header) return "unknown";
  return header.slice(0, 100).replaceAll(/[^\w .,:;@/+()-]/g, "?");
}

function afterOneSecond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1_000).unref());
}
