import { Kind, parse, validate, type DocumentNode } from "graphql";
import { readCosts, type Costs } from "../../../gateway/costs.ts";
import { readGatewayConfig } from "../../../gateway/config.ts";
import { planOperation } from "../../../gateway/executor/operation/planOperation.ts";
import {
  selectOperation,
  type SelectedOperation,
} from "../../../gateway/executor/operation/selectOperation.ts";
import { EVALUATED_PLANS } from "../../../gateway/executor/planning/plannedGraph.ts";
import { openPlanner, type Planner } from "../../../gateway/executor/planning/planner.ts";
import type { ComposedGraph } from "../changes.ts";
import type { Finding } from "../finding.ts";
import type { RecordedOperation } from "../readUsage.ts";
import { applySkipAndInclude } from "../../../gateway/executor/operation/applySkipAndInclude.ts";

/** What is looked at: the operations, the graph that would be, and the published one when there is one. */
export interface OperationsChecked {
  readonly operations: readonly RecordedOperation[];
  readonly graph: ComposedGraph;
  readonly published: ComposedGraph | null;
  /** The change on purpose that breaks the operation at this index, if one does. */
  readonly brokenOnPurpose: (index: number) => string | undefined;
}

/** Every operation that ran on the published graph has to be valid and have a plan on this one; cost and fetches are compared. */
export async function checkOperations(checked: OperationsChecked): Promise<Finding[]> {
  const { operations, graph, published, brokenOnPurpose } = checked;
  // One graph after the other: a planner of a large graph is a large thing to hold.
  const before = published ? await runAll(published, operations) : [];
  const after = await runAll(graph, operations);
  return operations.flatMap((operation, index): Finding[] => {
    const was = before[index];
    // What somebody sent that was refused before is nobody's loss; what was promised by a trusted document is.
    if (was?.problem && !operation.trusted) return [];
    const is = after[index]!;
    const by = {
      client: [operation.client, operation.version].filter(Boolean).join(" "),
      operation: operation.name,
    };
    const found = { usedBy: [by], coordinate: undefined };
    if (is.problem !== undefined) {
      const approved = brokenOnPurpose(index);
      const message = approved ? `${is.problem} That was approved: ${approved}` : is.problem;
      return [{ severity: approved ? "warning" : "error", code: is.code, message, ...found }];
    }
    return compare(was, is).map((finding) => ({ ...finding, ...found }));
  });
}

type Ran =
  | { readonly problem: string; readonly code: string }
  | { readonly problem?: undefined; readonly cost: number; readonly fetches: number };

async function runAll(
  { supergraphSdl, apiSchema }: ComposedGraph,
  operations: readonly RecordedOperation[],
): Promise<Ran[]> {
  if (operations.length === 0) return [];
  const planner = openPlanner(supergraphSdl, { evaluatedPlans: EVALUATED_PLANS });
  const { COST_PAGE_SIZE: pageSize, COST_LIST_SIZE: listSize } = readGatewayConfig({});
  const costs = readCosts(parse(supergraphSdl, { noLocation: true }), apiSchema, { pageSize, listSize });
  const ran: Ran[] = [];
  for (const { text } of operations) {
    const document = parse(text, { noLocation: true });
    const [invalid] = validate(apiSchema, document);
    const refused = invalid && { code: "OPERATION_INVALID", problem: invalid.message };
    ran.push(refused ?? (await run(document, planner, costs)));
  }
  return ran;
}

async function run(document: DocumentNode, planner: Planner, costs: Costs): Promise<Ran> {
  let [cost, fetches] = [0, 0];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const operation = selectOperation(document, definition.name?.value)!;
    try {
      const counted = await Promise.all(VALUES.map((value) => fetchesOf(operation, value, planner)));
      fetches += Math.max(...counted);
    } catch (error) {
      return { code: "OPERATION_NOT_PLANNED", problem: (error as Error).message };
    }
    cost += costs.costOf(document, definition)({});
  }
  return { cost, fetches };
}

// With every variable that decides a @skip or an @include one way, and the other way.
const VALUES = [true, false];

async function fetchesOf(operation: SelectedOperation, value: boolean, planner: Planner): Promise<number> {
  const variables = Object.fromEntries(operation.conditionVariables.map((name) => [name, value]));
  const planned = await planOperation(applySkipAndInclude(operation, variables), planner, new Set());
  return planned.fetchCount;
}

function compare(was: Ran | undefined, is: Ran & { problem?: undefined }): Finding[] {
  const { LIMIT_COST, LIMIT_FETCHES } = readGatewayConfig({});
  const before = was && was.problem === undefined ? was : undefined;
  const findings: Finding[] = [];
  if (is.cost > LIMIT_COST) {
    const message = `It costs ${is.cost}, and a gateway refuses what costs more than ${LIMIT_COST}`;
    findings.push({
      severity: "warning",
      code: "OPERATION_TOO_EXPENSIVE",
      message,
      fix: "ask for shorter lists",
    });
  }
  if (is.fetches > LIMIT_FETCHES) {
    const message = `Its plan has ${is.fetches} fetches, and a gateway refuses more than ${LIMIT_FETCHES}`;
    findings.push({ severity: "error", code: "OPERATION_PLAN_TOO_LARGE", message });
  }
  for (const [what, from, to] of [
    ["cost", before?.cost, is.cost],
    ["number of fetches", before?.fetches, is.fetches],
  ] as const) {
    if (from === undefined || from === to) continue;
    const severity = to > from * 2 ? "warning" : "note";
    findings.push({ severity, code: "OPERATION_CHANGED", message: `Its ${what} goes from ${from} to ${to}` });
  }
  return findings;
}
