import type { DocumentNode } from "graphql";
import type { Engine, EngineOptions } from "./executor/engine.ts";
import type { EngineOpener } from "./openExecutor.ts";
import { openPermissions, hasAuthorization, type Permissions } from "./permissions.ts";
import { readCosts, type Costs } from "./costs.ts";

/** One supergraph, ready to serve: its executor, its costs and its authorization. */
export interface Graph {
  readonly engine: Engine;
  /** null when this graph guards nothing. */
  readonly permissions: Permissions | null;
  readonly costs: Costs;
  /** Says that a request has begun on this graph; the result says that it is over. */
  enter(): () => void;
  /** The graph that took this one's place; null while there is none. */
  readonly successor: Graph | null;
  /** Says that a subscription is followed on this graph, and how it goes on when there is a successor; the result says that it no longer is. */
  follow(goOn: () => Promise<void>): () => void;
  /**
   * Closes the engine once the last request on this graph is over, and each subscription goes on on the successor or cannot. Without a
   * successor all of them end.
   */
  retire(successor?: Graph): Promise<void>;
}

/** What a graph is opened with. */
export interface GraphOptions extends EngineOptions {
  readonly openEngine: EngineOpener;
  readonly authorization: "auto" | "on" | "off";
  readonly pageSize: number;
  readonly listSize: number;
}

/** Opens a graph on a supergraph; rejects when the supergraph is not valid, and leaves nothing open then. */
export async function openGraph(
  options: GraphOptions & { readonly supergraph: DocumentNode },
): Promise<Graph> {
  const { supergraph } = options;
  const engine = await options.openEngine(options);
  try {
    return Object.assign(lifetime(engine), {
      engine,
      permissions: isGuarded(options, supergraph) ? openPermissions(supergraph, engine.apiSchema) : null,
      costs: readCosts(supergraph, engine.apiSchema, options),
    });
  } catch (error) {
    void engine.close();
    throw error;
  }
}

function isGuarded({ authorization }: GraphOptions, supergraph: DocumentNode): boolean {
  return authorization === "auto" ? hasAuthorization(supergraph) : authorization === "on";
}

type Lifetime = Pick<Graph, "enter" | "follow" | "retire" | "successor">;

function lifetime(engine: Engine): Lifetime {
  let running = 0;
  const over = Promise.withResolvers<void>();
  const followed = new Set<() => Promise<void>>();
  let successor: Graph | null = null;
  let retired = false;
  const closeIfIdle = () => {
    if (retired && running === 0) over.resolve();
  };
  return {
    get successor() {
      return successor;
    },
    enter() {
      running += 1;
      return () => {
        running -= 1;
        closeIfIdle();
      };
    },
    follow(goOn) {
      followed.add(goOn);
      return () => followed.delete(goOn);
    },
    async retire(next) {
      successor = next ?? null;
      retired = true;
      closeIfIdle();
      if (next) await goingOn(followed);
      await over.promise;
      await engine.close();
    },
  };
}

// There may be thousands of them.
async function goingOn(followed: ReadonlySet<() => Promise<void>>): Promise<void> {
  const begun: Promise<void>[] = [];
  for (const goOn of Array.from(followed)) {
    begun.push(goOn());
    if (begun.length % AT_A_TIME === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(begun);
}

const AT_A_TIME = 50;
