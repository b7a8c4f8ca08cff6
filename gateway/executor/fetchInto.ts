import type { FetchNode } from "@apollo/query-planner";
import { SubgraphFailure } from "./dataSource.ts";
import type { Walk } from "./exactLane.ts";
import { isData, mergeInto } from "./merge.ts";
import { representationOf } from "./representation.ts";
import { applyRewrites } from "./rewrites.ts";
import { readAnswer, type ReadAnswer } from "./subgraphAnswer.ts";

type Data = Record<string, unknown>;

/** Asks a subgraph and merges what it answers into each of these objects; what goes wrong becomes a fault of theirs. */
export async function fetchInto(fetch: FetchNode, walk: Walk, objects: readonly Data[]): Promise<void> {
  if (fetch.requires) return fetchEntities(fetch, walk, objects);
  try {
    const answer = await ask(fetch, walk, {});
    for (const error of answer.errors) walk.faults.add(objects, error.path, error, deliveryOf(fetch, walk));
    if (answer.data) mergeIntoAll(objects, answer.data, fetch, walk);
  } catch (failure) {
    walk.faults.add(objects, [], walk.run.asking.failed(fetch.serviceName, failure), deliveryOf(fetch, walk));
  }
}

async function fetchEntities(fetch: FetchNode, walk: Walk, objects: readonly Data[]): Promise<void> {
  const { representations, targets } = represent(fetch, walk, objects);
  if (!representations.length) return;
  try {
    const { data, errors } = await ask(fetch, walk, { representations });
    const entities = data?.["_entities"] ?? [];
    if (!Array.isArray(entities) || (data?.["_entities"] && entities.length !== representations.length)) {
      throw new SubgraphFailure("badAnswer", "answered with other entities than asked for");
    }
    for (const error of errors) {
      const [field, index, ...path] = error.path;
      const one = field === "_entities" && typeof index === "number" ? targets[index] : undefined;
      walk.faults.add(one ?? targets.flat(), one ? path : [], error, deliveryOf(fetch, walk));
    }
    entities.forEach((entity, index) => {
      if (isData(entity)) mergeIntoAll(targets[index] ?? [], entity, fetch, walk);
    });
  } catch (failure) {
    walk.faults.add(
      targets.flat(),
      [],
      walk.run.asking.failed(fetch.serviceName, failure),
      deliveryOf(fetch, walk),
    );
  }
}

/** Each different representation once, with the objects it stands for. */
function represent(
  fetch: FetchNode,
  walk: Walk,
  objects: readonly Data[],
): { representations: Data[]; targets: Data[][] } {
  const representations: Data[] = [];
  const targets: Data[][] = [];
  const indexes = new Map<string, number>();
  for (const object of objects) {
    const representation = representationOf(object, fetch, walk.run.schema, walk.run.facts);
    if (!representation) {
      inheritFaults(fetch, walk, object);
      continue;
    }
    const text = JSON.stringify(representation);
    const index = indexes.get(text);
    if (index !== undefined) {
      targets[index]?.push(object);
      continue;
    }
    indexes.set(text, representations.length);
    representations.push(representation);
    targets.push([object]);
  }
  return { representations, targets };
}

// What cannot be asked for because something before it failed, failed for the same reason.
function inheritFaults(fetch: FetchNode, walk: Walk, object: Data): void {
  for (const view of walk.faults.of(object)) {
    if (view.about === "delivery") walk.faults.add([object], [], view.fault.error, deliveryOf(fetch, walk));
  }
}

function mergeIntoAll(objects: readonly Data[], data: Data, fetch: FetchNode, walk: Walk): void {
  const { schema } = walk.run;
  applyRewrites(fetch.outputRewrites, data, schema);
  objects.forEach((object, index) => mergeInto(object, index === 0 ? data : structuredClone(data), schema));
}

async function ask(fetch: FetchNode, { run }: Walk, extra: Record<string, unknown>): Promise<ReadAnswer> {
  const variables: Record<string, unknown> = {};
  for (const name of fetch.variableUsages ?? []) {
    const value = run.variables[run.operation.names.clientVariable(name)];
    if (value !== undefined) variables[name] = value;
  }
  const answer = await run.asking.ask(fetch.serviceName, {
    query: fetch.operation,
    ...(fetch.operationName ? { operationName: fetch.operationName } : {}),
    operationKind: fetch.operationKind,
    variables: { ...variables, ...extra },
  });
  return readAnswer(answer, fetch.serviceName);
}

function deliveryOf(fetch: FetchNode, walk: Walk) {
  return walk.deliveries.get(fetch) ?? new Map();
}
