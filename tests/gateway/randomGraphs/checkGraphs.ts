import { operationChecker, type Checked } from "./checkOperation.ts";
import { minimalOperation } from "./minimalOperation.ts";
import { openGraph, type OpenGraph } from "./openGraph.ts";
import { Random } from "./random.ts";
import { randomOperation, type RandomOperation } from "./randomOperation.ts";

/** What was checked so far, and what was found. */
export interface Findings {
  queries: number;
  graphs: number;
  operations: number;
  /** Graphs that composition refuses, and operations that cannot be merged or planned. */
  refused: number;
  invalid: number;
  notPlanned: number;
  /** Each fault with all that it takes to see it again. */
  readonly faults: string[];
}

const OPERATIONS_PER_GRAPH = 40;
const MOST_FAULTS = 3;

/**
 * Asks queries of random graphs, one graph after another from this seed on, and stops after a few faults. The graph of a seed is the same
 * each time, and so are its operations and its data. `told` hears of each graph.
 */
export async function checkGraphs(
  { queries, seed }: { readonly queries: number; readonly seed: number },
  told: (findings: Findings) => void = () => undefined,
): Promise<Findings> {
  const findings: Findings = {
    queries: 0,
    graphs: 0,
    operations: 0,
    refused: 0,
    invalid: 0,
    notPlanned: 0,
    faults: [],
  };
  for (let next = seed; findings.queries < queries && findings.faults.length < MOST_FAULTS; next++) {
    const graph = openGraph(next);
    if ("refused" in graph) {
      findings.refused += 1;
      continue;
    }
    findings.graphs += 1;
    await checkGraph(graph, next, findings);
    await graph.engine.close();
    told(findings);
  }
  return findings;
}

async function checkGraph(graph: OpenGraph, seed: number, findings: Findings): Promise<void> {
  const check = operationChecker(graph);
  for (let index = 0; index < OPERATIONS_PER_GRAPH; index++) {
    const operationSeed = seed * OPERATIONS_PER_GRAPH + index;
    const operation = randomOperation(graph.engine.apiSchema, new Random(operationSeed));
    const checked = await check(operation, operationSeed);
    findings.operations += 1;
    findings.queries += checked.runs;
    if (checked.outcome === "invalid") findings.invalid += 1;
    if (checked.outcome === "notPlanned") findings.notPlanned += 1;
    if (checked.fault === undefined) continue;
    findings.faults.push(await described(graph, seed, operation, (one) => check(one, operationSeed)));
    if (findings.faults.length >= MOST_FAULTS) return;
  }
}

async function described(
  graph: OpenGraph,
  seed: number,
  operation: RandomOperation,
  check: (operation: RandomOperation) => Promise<Checked>,
): Promise<string> {
  const isWrong = async (text: string) => (await check({ ...operation, text })).outcome === "wrong";
  const text = await minimalOperation(operation.text, isWrong);
  const { fault } = await check({ ...operation, text });
  const subgraphs = [...graph.sdl].map(([name, sdl]) => `# ${name}\n${sdl}`);
  return [`seed ${seed}`, text, fault, ...subgraphs].join("\n");
}
