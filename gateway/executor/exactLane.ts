import type { FetchNode, PlanNode } from "@apollo/query-planner";
import { executeSync, type ExecutionResult, type GraphQLSchema } from "graphql";
import { Answers } from "./answers.ts";
import type { Asking } from "./asking.ts";
import type { CompiledOperation, OperationPart } from "./compile.ts";
import { Completion, bubbling } from "./complete.ts";
import type { CompiledFetch } from "./compiledFetch.ts";
import type { Deferring } from "./deferredLane.ts";
import type { Denial } from "./engine.ts";
import { Faults } from "./faults.ts";
import { fetchInto } from "./fetchInto.ts";
import { objectsAt } from "./flatten.ts";
import type { AnsweredField } from "./selections.ts";
import type { SupergraphFacts } from "./supergraphFacts.ts";

type Data = Record<string, unknown>;

/** Everything one run of an operation needs. */
export interface Run {
  readonly schema: GraphQLSchema;
  /** The schema with what clients do not get to see: subgraphs' data may be of its types. */
  readonly dataSchema: GraphQLSchema;
  readonly facts: SupergraphFacts;
  readonly operation: CompiledOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly denied: ReadonlyMap<string, Denial>;
  readonly asking: Asking;
  readonly mostErrors: number;
}

/** Runs an operation to the letter of the specification: every fetch merged into one tree of data, the tree then completed. What is known already is not asked again. */
export async function runExactly(run: Run, known?: Answers): Promise<ExecutionResult> {
  const { operation } = run;
  const answers = known ?? new Answers(run.asking, run.variables);
  const faults = new Faults();
  const completion = new Completion(run, operation, faults, run.denied, run.mostErrors);
  const introspected = introspect(run);
  completion.errors.push(...(introspected.errors ?? []));
  const values = new Map<string, unknown>(Object.entries(introspected.data ?? {}));
  const complete = (fields: readonly AnsweredField[], data: Data): boolean => {
    for (const field of fields) values.set(field.key, completion.rootField(field, data));
    return fields.every((field) => values.get(field.key) !== bubbling);
  };
  // A mutation's fields run one after another, and one that must not be null but is ends the operation.
  for (const part of operation.parts) {
    if (!complete(part.fields, await walkPart(run, part, faults, answers))) break;
  }
  complete(
    operation.rootFields.filter((field) => !values.has(field.key) && isUnplanned(field, operation)),
    {},
  );
  completion.tellTheRest();
  const data = assembled(operation.rootFields, values);
  return completion.errors.length ? { errors: completion.errors, data } : { data };
}

/** The data of root fields; null where one of them must not be. */
export function assembled(
  fields: readonly AnsweredField[],
  values: ReadonlyMap<string, unknown>,
): Data | null {
  const data = Object.create(null) as Data;
  for (const { key } of fields) {
    const value = values.get(key);
    if (value === bubbling) return null;
    data[key] = value ?? null;
  }
  return data;
}

function isUnplanned(field: AnsweredField, operation: CompiledOperation): boolean {
  return !operation.parts.some((part) => part.fields.includes(field));
}

function introspect(run: Run): ExecutionResult {
  const { introspection } = run.operation;
  if (!introspection) return {};
  return executeSync({
    schema: run.schema,
    document: introspection,
    variableValues: run.variables,
  });
}

async function walkPart(run: Run, part: OperationPart, faults: Faults, answers: Answers): Promise<Data> {
  const root: Data = {};
  // A subscription's plan is walked per event, by what listens to it.
  if (part.plan && part.plan.kind !== "Subscription") {
    await walk(part.plan, { run, faults, answers, fetches: part.fetches }, [root]);
  }
  return root;
}

/** Where a walk through a plan keeps what it learns. */
export interface Walk {
  readonly run: Run;
  readonly faults: Faults;
  readonly answers: Answers;
  readonly fetches: ReadonlyMap<FetchNode, CompiledFetch>;
  /** Where what is deferred goes on; absent where nothing is. */
  readonly deferring?: Deferring;
}

/** Carries out one node of a plan for these objects. */
export async function walk(node: PlanNode, to: Walk, objects: readonly Data[]): Promise<void> {
  if (!objects.length) return;
  switch (node.kind) {
    case "Sequence":
      for (const next of node.nodes) await walk(next, to, objects);
      return;
    case "Parallel":
      await Promise.all(node.nodes.map((next) => walk(next, to, objects)));
      return;
    case "Flatten":
      return walk(node.node, to, objectsAt(objects, node.path));
    case "Condition": {
      const next = to.run.variables[node.condition] === true ? node.ifClause : node.elseClause;
      return next && walk(next, to, objects);
    }
    case "Fetch":
      await fetchInto(node, to, objects);
      return to.deferring?.fetched(node);
    case "Defer":
      if (!to.deferring) throw new Error("Nothing is deferred in this lane.");
      return to.deferring.begin(node, to, objects);
  }
}
