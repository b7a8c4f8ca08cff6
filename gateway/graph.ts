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
  /** Closes the engine once the last request on this graph is over. */
  retire(): Promise<void>;
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
    return {
      engine,
      permissions: isGuarded(options, supergraph) ? openPermissions(supergraph, engine.apiSchema) : null,
      costs: readCosts(supergraph, engine.apiSchema, options),
      ...lifetime(engine),
    };
  } catch (error) {
    void engine.close();
    throw error;
  }
}

function isGuarded({ authorization }: GraphOptions, supergraph: DocumentNode): boolean {
  return authorization === "auto" ? hasAuthorization(supergraph) : authorization === "on";
}

function lifetime(engine: Engine): Pick<Graph, "enter" | "retire"> {
  let running = 0;
  const over = Promise.withResolvers<void>();
  let retired = false;
  const closeIfIdle = () => {
    if (retired && running === 0) over.resolve();
  };
  return {
    enter() {
      running += 1;
      return () => {
        running -= 1;
        closeIfIdle();
      };
    },
    async retire() {
      retired = true;
      closeIfIdle();
      await over.promise;
      await engine.close();
    },
  };
}
