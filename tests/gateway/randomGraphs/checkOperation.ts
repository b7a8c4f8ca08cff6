import { type GraphQLError, parse, validate, type DocumentNode } from "graphql";
import { isAsyncIterable } from "graphql-yoga";
import { merged, readParts } from "../support/parts.ts";
import { answerOf, difference, type Answer } from "./comparison.ts";
import { monolith } from "./monolith.ts";
import { INTERPRETED_RUNS, type OpenGraph } from "./openGraph.ts";
import { Random } from "./random.ts";
import type { RandomOperation } from "./randomOperation.ts";
import { World } from "./world.ts";

/** What came of an operation: how often it ran, and what was wrong with it, if anything. */
export interface Checked {
  readonly runs: number;
  readonly outcome: "right" | "invalid" | "notPlanned" | "wrong";
  readonly fault?: string;
}

const how = () => ({ headersFor: () => ({}), deadline: Date.now() + 60_000 });

/** Opens what checks operations over a graph: each is run over several worlds by both executors, against each other and one whole graph. */
export function operationChecker(
  graph: OpenGraph,
): (operation: RandomOperation, seed: number) => Promise<Checked> {
  const whole = monolith(graph.engine.apiSchema);
  return async (operation, seed) => {
    const document = parse(operation.text);
    if (validate(graph.engine.apiSchema, document).length) return { runs: 0, outcome: "invalid" };
    const checking = { graph, whole, document, operation, seed };
    const before: Answer[] = [];
    let runs = 0;
    // The first ones are the interpreter's.
    for (let run = 0; run < 2 * INTERPRETED_RUNS; run++) {
      const epoch = run % INTERPRETED_RUNS;
      const checked = await runOnce(checking, epoch);
      if (checked === "notPlanned") return { runs, outcome: "notPlanned" };
      runs += 1;
      const fault = checked.fault ?? (before[epoch] && differs(before[epoch], checked.answer));
      if (fault)
        return { runs, outcome: "wrong", fault: `run ${run}, epoch ${epoch}, seed ${seed}: ${fault}` };
      before[epoch] ??= checked.answer;
      if (operation.defers && run === 1) break;
    }
    return { runs, outcome: "right" };
  };
}

interface Checking {
  readonly graph: OpenGraph;
  readonly whole: ReturnType<typeof monolith>;
  readonly document: DocumentNode;
  readonly operation: RandomOperation;
  readonly seed: number;
}

async function runOnce(
  { graph, whole, document, operation, seed }: Checking,
  epoch: number,
): Promise<"notPlanned" | { readonly answer: Answer; readonly fault: string | null }> {
  const variables = operation.variables(new Random(seed * 32 + epoch));
  const world = new World(graph.model, seed * 32 + epoch);
  const right = answerOf(await whole(document, variables, world));
  const hasMore = world.hasFailedUnseen;
  graph.world = world;
  const { engine } = graph;
  const prepared = await engine.prepare(operation.text, null, variables, {
    acceptsIncremental: operation.defers,
  });
  if (prepared.errors?.some(isNotPlanned)) return "notPlanned";
  const result = await engine.executeIncrementally(prepared, how());
  if (!isAsyncIterable(result)) {
    const answer = answerOf(result);
    return { answer, fault: difference(right, answer, hasMore) };
  }
  const parts = await readParts(result);
  const errors = parts.flatMap((part) => part.errors ?? []) as Answer["errors"];
  const answer = { data: JSON.stringify(merged(parts)), errors };
  // Where something fails, a null that must not be takes more with it in the whole than in parts.
  if (right.errors.length) return { answer, fault: errors.length ? null : "no error in any part" };
  return { answer, fault: sameInAnyOrder(right, answer, hasMore) };
}

function sameInAnyOrder(right: Answer, given: Answer, hasMore: boolean): string | null {
  const [one, other] = [right, given].map(({ data, errors }) => ({ data: sorted(JSON.parse(data)), errors }));
  return difference(one!, other!, hasMore);
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${JSON.stringify(name)}:${sorted(inner)}`)
    .sort()
    .join()}}`;
}

function isNotPlanned({ extensions }: GraphQLError): boolean {
  return extensions["code"] === "OPERATION_NOT_PLANNED" || extensions["code"] === "PLANNING_LIMIT_EXCEEDED";
}

function differs(one: Answer, other: Answer): string | null {
  const [before, after] = [one, other].map(({ data, errors }) =>
    JSON.stringify([data, errors.map(({ message, path }) => JSON.stringify([message, path])).sort()]),
  );
  return before === after ? null : `the executors differ\n  interpreter ${before}\n  compiled ${after}`;
}
