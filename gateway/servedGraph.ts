import { parse } from "graphql";
import type { Log } from "#shared/log/log.ts";
import { counter, gauge } from "#shared/telemetry/metrics.ts";
import { supergraphFaults } from "#shared/federation/authorizationRules.ts";
import { openGraph, type Graph, type GraphOptions } from "./graph.ts";
import { hasAuthorization } from "./permissions.ts";
import type { SupergraphLoader } from "./supergraphLoader.ts";

/** The graph that serves, and whatever newer one takes its place. */
export interface ServedGraph {
  readonly current: Graph;
  /** Why the newest supergraph does not serve; null when it does. */
  readonly problem: string | null;
  /** Lets requests at hand finish, then closes the graph; subscriptions end. */
  close(): Promise<void>;
}

/** What a graph is opened with, besides its supergraph. */
export type OpenWith = Omit<GraphOptions, "supergraphSdl" | "supergraph">;

/**
 * Opens the first supergraph and throws when it is not fit to serve. A newer one that is not fit is refused: the last good one serves
 * on, and log, metrics and `problem` say why.
 */
export async function serveGraph(options: {
  loader: SupergraphLoader;
  openWith: OpenWith;
  log: Log;
}): Promise<ServedGraph> {
  const { loader, openWith, log } = options;
  const first = await loader.load();
  let current = await openFit(first, openWith, false);
  let problem: string | null = null;
  const closing = new AbortController();
  const retiring = new Set<Promise<void>>();
  const replace = (next: Graph) => {
    const over = retired(current, next, log).finally(() => retiring.delete(over));
    retiring.add(over);
    current = next;
  };
  const say = (refusal: string | null) => {
    problem = refusal;
    count(refusal);
  };
  say(null);
  const serve = async (supergraphSdl: string) => {
    try {
      const next = await openFit(supergraphSdl, openWith, current.permissions !== null);
      // So that nobody waits for a plan who had one.
      await next.engine.warm({ before: current.engine, signal: closing.signal });
      replace(next);
      say(null);
      log.info({}, "A newer supergraph serves; requests at hand finish on the old one");
    } catch (error) {
      say((error as Error).message);
      log.error({ reason: problem }, "A newer supergraph is refused; the last good one serves on");
    }
  };
  // One after another: the newest is the last to be opened.
  let serving = Promise.resolve();
  const stopWatching = loader.watch((supergraphSdl) => (serving = serving.then(() => serve(supergraphSdl))));
  return {
    get current() {
      return current;
    },
    get problem() {
      return problem;
    },
    async close() {
      stopWatching();
      closing.abort();
      await serving;
      await Promise.all([...retiring, current.retire()]);
    },
  };
}

const supergraphs = counter(
  "gateway_supergraphs_total",
  "Supergraphs that came, by whether they were fit to serve",
  ["outcome"],
);
const refused = gauge(
  "gateway_supergraph_refused",
  "1 while the newest supergraph is refused and an older one serves",
  [],
  undefined,
  "max",
);

function retired(graph: Graph, successor: Graph, log: Log): Promise<void> {
  return graph
    .retire(successor)
    .catch((error: unknown) => log.error({ err: error }, "An old graph could not be closed"));
}

function count(refusal: string | null): void {
  supergraphs.inc({ outcome: refusal === null ? "served" : "refused" });
  refused.set(refusal === null ? 0 : 1);
}

// Whoever guarded a graph so far meant it: a newer one may not lose every @authorize on the way and be open to all.
async function openFit(supergraphSdl: string, openWith: OpenWith, mustBeGuarded: boolean): Promise<Graph> {
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const isGuarded = hasAuthorization(supergraph);
  if (openWith.authorization !== "off" && (mustBeGuarded || openWith.authorization === "on") && !isGuarded) {
    throw new Error("The supergraph has no @authorize at all");
  }
  const faults = isGuarded && openWith.authorization !== "off" ? supergraphFaults(supergraph) : [];
  if (faults.length > 0) throw new Error(faults.map(({ rule, message }) => `${rule} ${message}`).join("; "));
  return openGraph({ ...openWith, supergraphSdl, supergraph });
}
