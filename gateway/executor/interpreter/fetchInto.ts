import type { FetchNode } from "@apollo/query-planner";
import { type Data, isData } from "#shared/graphql/data.ts";
import { entitiesIn, type Batch, type Slot } from "../subgraphs/entityFetchCache.ts";
import type { CompiledFetch } from "../operation/compiledFetch.ts";
import type { Walk } from "./run.ts";
import type { FetchError } from "../contract.ts";
import { copyOf, mergeInto, objectsIn } from "./merge.ts";
import { representationOf } from "./representation.ts";
import { applyRewrites } from "./rewrites.ts";

/** Asks a subgraph and merges what it answers into each of these objects; what goes wrong becomes a fault of theirs. */
export async function fetchInto(node: FetchNode, walk: Walk, objects: readonly Data[]): Promise<void> {
  const fetch = walk.fetches.get(node);
  if (!fetch) throw new Error("A plan has a fetch that was not compiled.");
  if (node.requires) return fetchEntities(fetch, walk, objects);
  const batch = walk.answers.root(fetch);
  await batch.settled;
  const { data, errors, failure } = batch.unchanged;
  for (const error of errors) walk.faults.add(objects, error.path, error, fetch.delivery);
  if (failure) walk.faults.add(objects, [], failure, fetch.delivery);
  if (data) mergeIntoAll(objects, data, fetch, walk);
}

async function fetchEntities(fetch: CompiledFetch, walk: Walk, objects: readonly Data[]): Promise<void> {
  const targets = new Map<string, Data[]>();
  for (const object of objects) {
    const representation = representationOf(object, fetch.node, walk.run.dataSchema, walk.run.facts);
    if (!representation) {
      inheritFaults(fetch, walk, object);
      continue;
    }
    const text = JSON.stringify(representation);
    const known = targets.get(text);
    if (known) known.push(object);
    else targets.set(text, [object]);
  }
  const slots = walk.answers.entities(fetch, [...targets.keys()]);
  const found = [...targets.values()].map((places, index) => ({ places, slot: slots[index] as Slot }));
  for (const batch of new Set(slots.map((slot) => slot.batch))) {
    await batch.settled;
    mergeEntities(
      batch,
      fetch,
      walk,
      found.filter(({ slot }) => slot.batch === batch),
    );
  }
}

function mergeEntities(
  batch: Batch,
  fetch: CompiledFetch,
  walk: Walk,
  found: readonly { readonly places: readonly Data[]; readonly slot: Slot }[],
): void {
  const { data, errors, failure } = batch.unchanged;
  const everywhere = found.flatMap(({ places }) => places);
  if (failure) walk.faults.add(everywhere, [], failure, fetch.delivery);
  for (const error of errors) {
    const [field, index, ...path] = error.path;
    if (field !== "_entities" || typeof index !== "number")
      walk.faults.add(everywhere, [], error, fetch.delivery);
    const places = found.find(({ slot }) => slot.index === index)?.places;
    if (places && field === "_entities") walk.faults.add(places, path, error, fetch.delivery);
  }
  const entities = entitiesIn(data);
  for (const { places, slot } of found) {
    const entity = entities[slot.index];
    if (isData(entity)) mergeIntoAll(places, entity, fetch, walk);
  }
}

// What cannot be asked for because something before it failed, failed for the same reason.
function inheritFaults(fetch: CompiledFetch, walk: Walk, object: Data): void {
  const errors = new Set<FetchError>();
  for (const view of walk.faults.of(object)) if (view.about === "delivery") errors.add(view.fault.error);
  for (const error of errors) walk.faults.add([object], [], error, fetch.delivery);
}

function mergeIntoAll(objects: readonly Data[], data: Data, { node }: CompiledFetch, walk: Walk): void {
  const { dataSchema, asking } = walk.run;
  asking.budget.hold(objectsIn(data) * objects.length);
  for (const object of objects) {
    const copy = copyOf(data);
    applyRewrites(node.outputRewrites, copy, dataSchema);
    mergeInto(object, copy, dataSchema);
  }
}
