import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import type { Engine } from "../../../gateway/executor/contract.ts";
import { openEngine } from "../../../gateway/executor/engine.ts";
import type { GraphModel } from "./model.ts";
import { Random } from "./random.ts";
import { randomGraph } from "./randomGraph.ts";
import { subgraphSdl } from "./subgraphSdl.ts";
import { subgraphSource } from "./subgraphSource.ts";
import type { World } from "./world.ts";

/** A random graph that is served. */
export interface OpenGraph {
  readonly model: GraphModel;
  readonly engine: Engine;
  readonly sdl: ReadonlyMap<string, string>;
  /** What its subgraphs answer by, from now on. */
  world: World | null;
}

/** The runs of an operation that the interpreter answers; later ones are the compiled executor's. */
export const INTERPRETED_RUNS = 16;

/** Opens the graph of a seed; says why not where composition, or the engine, refuses it. */
export function openGraph(seed: number): OpenGraph | { readonly refused: string } {
  const model = randomGraph(new Random(seed));
  const sdl = new Map(model.subgraphs.map((subgraph) => [subgraph.name, subgraphSdl(model, subgraph)]));
  try {
    const supergraphSdl = composed(sdl);
    const open: { world: World | null } = { world: null };
    const worldNow = () => {
      if (!open.world) throw new Error("A subgraph was asked before there was a world.");
      return open.world;
    };
    const engine = openEngine({
      supergraphSdl,
      log: { warn: () => undefined, error: () => undefined },
      limits: {
        evaluatedPlans: 30,
        usesBeforeCompiling: INTERPRETED_RUNS,
        planningMilliseconds: 1_000,
        failuresToOpenCircuit: Infinity,
        fetchesPerPlan: 1_000,
      },
      dataSource(name) {
        const subgraph = model.subgraphs.find((one) => one.name === name)!;
        return subgraphSource(sdl.get(name)!, model, subgraph, worldNow);
      },
    });
    return Object.assign(open, { model, engine, sdl });
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

function composed(sdl: ReadonlyMap<string, string>): string {
  const services = [...sdl].map(([name, text]) => ({
    name,
    url: `http://${name}.invalid`,
    typeDefs: parse(text),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join("\n"));
  // The composer rounds defaults.
  return supergraphSdl.replace(/\b9007199254740992\b/g, "9007199254740993");
}
