import type { GraphQLSchema } from "graphql";
import { Answers, type Outcome } from "./answers.ts";
import { canGenerate, leave, leavingFastLane } from "./codeGeneration.ts";
import type { CompiledOperation } from "./compile.ts";
import type { EngineResult } from "./engine.ts";
import { isData } from "./merge.ts";
import { runExactly, type Run } from "./exactLane.ts";
import { compileFastPlan, type FastFetch, type FastPlan } from "./fastPlan.ts";
import { compileRender, type Render } from "./fastRender.ts";
import type { SupergraphFacts } from "./supergraphFacts.ts";

type Data = Record<string, unknown>;

/** An operation compiled for the case that all goes well. */
export interface FastOperation {
  readonly plan: FastPlan;
  readonly fetchCount: number;
  readonly render: Render;
}

/** Compiles an operation for the fast lane; null for what only the exact lane does. */
export function compileFast(
  operation: CompiledOperation,
  schema: GraphQLSchema,
  dataSchema: GraphQLSchema,
  facts: SupergraphFacts,
): FastOperation | null {
  const [part, ...others] = operation.parts;
  if (!canGenerate || operation.kind !== "query" || operation.introspection || operation.denied.size)
    return null;
  if (!part?.plan || others.length || part.plan.kind === "Subscription") return null;
  const fast = compileFastPlan(part.plan, part.fetches, dataSchema, facts);
  if (!fast) return null;
  const { rootFields, rootType, selections } = operation;
  const render = compileRender(rootFields, rootType, selections, schema, fast.supply);
  return render && { ...fast, render };
}

/** What a run has so far: the objects each fetch brought, and all answers. */
interface FastRun {
  readonly brought: Data[][];
  readonly answers: Answers;
  readonly root: Data;
}

/** Runs an operation as if nothing could go wrong; where something does, the exact lane goes on with the answers there are. */
export async function runFast(fast: FastOperation, run: Run): Promise<EngineResult> {
  const answers = new Answers(run.asking, run.variables);
  const state: FastRun = { brought: Array.from({ length: fast.fetchCount }, () => []), answers, root: {} };
  try {
    await carryOut(fast.plan, state);
    return { data: fast.render(state.root) };
  } catch (error) {
    if (error === leavingFastLane) return runExactly(run, answers);
    throw error;
  }
}

function carryOut(plan: FastPlan, state: FastRun): Promise<unknown> {
  switch (plan.kind) {
    case "sequence":
      return inTurn(plan.plans, state);
    case "parallel":
      return Promise.all(plan.plans.map((inner) => carryOut(inner, state)));
    case "root":
      return fetchRoot(plan.fetch, state);
    case "entities":
      return fetchEntities(plan.fetch, state);
  }
}

async function inTurn(plans: readonly FastPlan[], state: FastRun): Promise<void> {
  for (const plan of plans) await carryOut(plan, state);
}

async function fetchRoot({ index, fetch, assign }: FastFetch, state: FastRun): Promise<void> {
  const batch = state.answers.root(fetch);
  await batch.settled;
  const data = flawless(batch.outcome);
  assign(state.root, data);
  state.brought[index] = [data];
}

async function fetchEntities(fast: FastFetch, state: FastRun): Promise<void> {
  const { index, fetch, assign, represent } = fast;
  const brought: Data[] = [];
  state.brought[index] = brought;
  const found = objectsFor(fast, state);
  const targets: Data[] = [];
  const texts: string[] = [];
  for (const object of found) {
    const text = represent?.(object);
    if (!text) continue;
    targets.push(object);
    texts.push(text);
  }
  if (!texts.length) return;
  const slots = state.answers.entities(fetch, texts);
  const known = new Set<Data>();
  for (let position = 0; position < slots.length; position++) {
    const { batch, index: entityIndex } = slots[position] as (typeof slots)[number];
    if (!batch.isSettled) await batch.settled;
    const entity = batch.entitiesOf(flawlessOutcome(batch.outcome))[entityIndex] as Data | null;
    if (typeof entity !== "object" || entity === null) return leave();
    assign(targets[position] as Data, entity);
    if (!known.has(entity)) known.add(entity);
  }
  brought.push(...known);
}

function flawlessOutcome(outcome: Outcome): Outcome {
  return outcome.failure || outcome.errors.length || !outcome.data ? leave() : outcome;
}

function flawless(outcome: Outcome): Data {
  return flawlessOutcome(outcome).data as Data;
}

function objectsFor({ supplier, steps }: FastFetch, state: FastRun): Data[] {
  let values: unknown[] = supplier < 0 ? [state.root] : (state.brought[supplier] ?? []);
  for (const step of steps) values = step === "@" ? itemsOf(values) : fieldsOf(values, step);
  return values.filter(isData);
}

function itemsOf(values: readonly unknown[]): unknown[] {
  const items: unknown[] = [];
  for (const value of values) if (Array.isArray(value)) for (const item of value) items.push(item);
  return items;
}

function fieldsOf(values: readonly unknown[], name: string): unknown[] {
  const fields: unknown[] = [];
  for (const value of values) {
    const field = (value as Data | null | undefined)?.[name];
    if (field !== null && field !== undefined) fields.push(field);
  }
  return fields;
}
