import {
  Kind,
  parse,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { argumentValue } from "#shared/graphql/argumentValue.ts";
import { sizeVariables } from "#shared/federation/operationShape.ts";
import { readCosts, type Costs } from "../../../gateway/costs.ts";
import { readGatewayConfig } from "../../../gateway/config.ts";
import { planOperation } from "../../../gateway/executor/operation/planOperation.ts";
import {
  selectOperation,
  type SelectedOperation,
} from "../../../gateway/executor/operation/selectOperation.ts";
import { EVALUATED_PLANS } from "../../../gateway/executor/planning/plannedGraph.ts";
import { openPlanner, type Planner } from "../../../gateway/executor/planning/planner.ts";
import { withApproval, type ApprovedBy } from "../approvals.ts";
import { changeId, type ComposedGraph } from "../changes.ts";
import type { Finding } from "../finding.ts";
import type { GraphLimits } from "../projectConfig.ts";
import type { RecordedOperation } from "../readUsage.ts";
import { applySkipAndInclude } from "../../../gateway/executor/operation/applySkipAndInclude.ts";

/** What is looked at: the operations, the graph that would be, and the published one when there is one. */
export interface OperationsChecked {
  readonly operations: readonly RecordedOperation[];
  readonly graph: ComposedGraph;
  readonly published: ComposedGraph | null;
  readonly limits: GraphLimits;
  /** Whether it is this project's own graph. */
  readonly isOwn: boolean;
  readonly approvals: Omit<ApprovedBy, "id">;
  /** The change on purpose that breaks the operation at this index, if one does. */
  readonly brokenOnPurpose: (index: number) => string | undefined;
}

/** What was found about operations, and by which ids it can be approved. */
export interface OperationsFound {
  readonly findings: readonly Finding[];
  readonly ids: ReadonlySet<string>;
}

/**
 * Every operation that a gateway runs on the published graph has to be run by a gateway of this one too: it is valid, it has a plan,
 * and it is within the limits of cost and fetches. Both are compared.
 */
export async function checkOperations(checked: OperationsChecked): Promise<OperationsFound> {
  const { operations, graph, published, limits, isOwn, approvals, brokenOnPurpose } = checked;
  // One graph after the other: a planner of a large graph is a large thing to hold.
  const before = published && operations.length > 0 ? (await runAll(published, operations, limits)).ran : [];
  const { ran: after, notServed } = await runAll(graph, operations, limits);
  const ids = new Set<string>();
  const findings = operations.flatMap((operation, index): Finding[] => {
    const [was, is] = [before[index], after[index]!];
    const by = {
      client: [operation.client, operation.version].filter(Boolean).join(" "),
      operation: operation.name,
    };
    const found = { usedBy: [by] };
    if (!is.refusal) return compare(was, is).map((finding) => ({ ...finding, ...found }));
    const { code, problem, fix } = is.refusal;
    // What somebody sent that was refused before is nobody's loss; what was promised by a trusted document is.
    if (was?.refusal && !operation.trusted) return [];
    const purpose = brokenOnPurpose(index);
    if (purpose)
      return [{ severity: "warning", code, message: `${problem} That was approved: ${purpose}`, ...found }];
    const id = changeId(code, operation.hash, null, null);
    ids.add(id);
    return [withApproval({ severity: "error", code, message: problem, fix, ...found }, { ...approvals, id })];
  });
  return { findings: [...(notServed === null ? [] : [refusedGraph(notServed, isOwn)]), ...findings], ids };
}

// A graph of ours is served by a gateway of ours; somebody else's may be served by another.
function refusedGraph(reason: string, isOwn: boolean): Finding {
  const message = `The gateway of this project does not serve this graph: ${reason}`;
  return { severity: isOwn ? "error" : "warning", code: "GRAPH_NOT_SERVED", message };
}

/** What running an operation comes to: what it costs, and why a gateway refuses it if it does. */
interface Ran {
  readonly cost: number;
  readonly fetches: number;
  readonly refusal?: Refusal | undefined;
}
interface Refusal {
  readonly code: string;
  readonly problem: string;
  readonly fix?: string | undefined;
}

async function runAll(
  { supergraphSdl, apiSchema }: ComposedGraph,
  operations: readonly RecordedOperation[],
  limits: GraphLimits,
): Promise<{ readonly ran: readonly Ran[]; readonly notServed: string | null }> {
  const { planner, notServed } = openFor(supergraphSdl);
  const { COST_PAGE_SIZE: pageSize, COST_LIST_SIZE: listSize } = readGatewayConfig({});
  const costs = readCosts(parse(supergraphSdl, { noLocation: true }), apiSchema, { pageSize, listSize });
  const ran: Ran[] = [];
  const runOne = async ({ text, trusted }: RecordedOperation): Promise<Ran> => {
    if (!planner) return refused("OPERATION_NOT_PLANNED", `There is no planner of this graph: ${notServed}`);
    const document = parse(text, { noLocation: true });
    const [invalid] = validate(apiSchema, document);
    if (invalid) return refused("OPERATION_INVALID", invalid.message);
    return run(document, { planner, apiSchema, costs, limits, trusted });
  };
  for (const operation of operations) ran.push(await runOne(operation));
  return { ran, notServed };
}

/** A planner of a supergraph, if there can be one, and why a gateway of this project does not serve it, if it does not. */
interface Opened {
  readonly planner: Planner | null;
  readonly notServed: string | null;
}

function openFor(supergraphSdl: string): Opened {
  const open = (supergraph: string | DocumentNode) =>
    openPlanner(supergraph, { evaluatedPlans: EVALUATED_PLANS });
  try {
    return { planner: open(supergraphSdl), notServed: null };
  } catch (error) {
    const notServed = (error as Error).message.replaceAll(/\s+/g, " ");
    try {
      return { planner: open(withoutPurposes(supergraphSdl)), notServed };
    } catch {
      return { planner: null, notServed };
    }
  }
}

// A feature that a gateway has to know, such as @authenticated, is the gateway's own affair: plans are made without.
function withoutPurposes(supergraphSdl: string): DocumentNode {
  return visit(parse(supergraphSdl, { noLocation: true }), {
    Directive: {
      enter: (node) => {
        const isLink = ["link", "core"].includes(node.name.value);
        const spec = isLink && argumentValue(node, "url");
        if (!spec || spec.kind !== Kind.STRING || spec.value.includes("/join/")) return undefined;
        return { ...node, arguments: node.arguments?.filter(({ name }) => name.value !== "for") ?? [] };
      },
    },
  });
}

interface Running {
  readonly planner: Planner;
  readonly apiSchema: GraphQLSchema;
  readonly costs: Costs;
  readonly limits: GraphLimits;
  /** Whether nobody has said what its variables were: then they ask for as much as they can. */
  readonly trusted: boolean;
}

async function run(document: DocumentNode, running: Running): Promise<Ran> {
  const { planner, costs, limits } = running;
  let [cost, fetches] = [0, 0];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const operation = selectOperation(document, definition.name?.value)!;
    try {
      const counted = await Promise.all(
        circumstances(planner).map((each) => fetchesOf(operation, each, planner)),
      );
      fetches = Math.max(fetches, ...counted);
      cost = Math.max(cost, costs.costOf(document, definition)(sizesOf(document, definition, running)));
    } catch (error) {
      return refused("OPERATION_NOT_PLANNED", (error as Error).message);
    }
  }
  if (fetches > limits.fetches) {
    const problem = `Its plan has ${fetches} fetches, and a gateway refuses more than ${limits.fetches}.`;
    return { cost, fetches, refusal: { code: "OPERATION_PLAN_TOO_LARGE", problem } };
  }
  if (cost <= limits.cost) return { cost, fetches };
  const problem = `It costs ${cost}, and a gateway refuses what costs more than ${limits.cost}.`;
  return {
    cost,
    fetches,
    refusal: { code: "OPERATION_TOO_EXPENSIVE", problem, fix: "ask for shorter lists" },
  };
}

function refused(code: string, problem: string): Ran {
  return { cost: 0, fetches: 0, refusal: { code, problem } };
}

// What gateways recorded has the sizes that were asked for in its text.
function sizesOf(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  { apiSchema, costs, limits, trusted }: Running,
): Record<string, unknown> {
  if (!trusted) return {};
  const names = sizeVariables(apiSchema, document, definition, costs.isSize);
  return Object.fromEntries(names.map((name) => [name, limits.pageSize]));
}

/** What the plan of an operation hangs on. */
interface Circumstances {
  readonly value: boolean;
  readonly labelsOn: readonly string[];
}

// With every variable that decides a @skip or an @include one way, and the other way; before fields have moved by their labels, and after.
function circumstances({ facts: { overrideLabels } }: Planner): Circumstances[] {
  const moved = overrideLabels.length > 0 ? [[], overrideLabels] : [[]];
  return moved.flatMap((labelsOn) => [true, false].map((value) => ({ value, labelsOn })));
}

async function fetchesOf(
  operation: SelectedOperation,
  { value, labelsOn }: Circumstances,
  planner: Planner,
): Promise<number> {
  const variables = Object.fromEntries(operation.conditionVariables.map((name) => [name, value]));
  const planned = await planOperation(applySkipAndInclude(operation, variables), planner, new Set(), {
    labelsOn,
  });
  return planned.fetchCount;
}

function compare(was: Ran | undefined, is: Ran): Finding[] {
  if (!was || was.refusal) return [];
  const findings: Finding[] = [];
  for (const [what, from, to] of [
    ["cost", was.cost, is.cost],
    ["number of fetches", was.fetches, is.fetches],
  ] as const) {
    if (from === to) continue;
    const severity = to > from * 2 ? "warning" : "note";
    findings.push({ severity, code: "OPERATION_CHANGED", message: `Its ${what} goes from ${from} to ${to}` });
  }
  return findings;
}
