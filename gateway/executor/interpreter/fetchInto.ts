import type { FetchNode } from "@apollo/query-planner";
import { isObjectType, type GraphQLSchema } from "graphql";
import { type Data, isData } from "#shared/graphql/data.ts";
import type { Slot } from "../subgraphs/entityFetchCache.ts";
import { entitiesIn, type SubgraphFetch } from "../subgraphs/subgraphFetch.ts";
import type { PlannedFetch } from "../operation/plannedFetch.ts";
import type { Walk } from "./run.ts";
import type { FetchError } from "../contract.ts";
import { contextArguments } from "./contextValues.ts";
import { copyOf, mergeInto } from "./merge.ts";
import { representationOf } from "./representation.ts";
import { applyRewrites } from "./rewrites.ts";

/** Asks a subgraph and merges what it answers into each of these objects; what goes wrong becomes a fault of theirs. */
export async function fetchInto(node: FetchNode, walk: Walk, objects: readonly Data[]): Promise<void> {
  const fetch = walk.fetches.get(node);
  if (!fetch) throw new Error("A plan has a fetch that was not compiled.");
  if (node.requires) return fetchEntities(fetch, walk, objects);
  return fetchRoot(
    fetch,
    walk,
    objects.filter((object) => mayBeRoot(object, node, walk.run.dataSchema)),
  );
}

// What is asked of a root type below an interface is for those of the objects there that are of it.
function mayBeRoot({ __typename: name }: Data, { operationKind }: FetchNode, schema: GraphQLSchema): boolean {
  if (typeof name !== "string" || name === schema.getRootType(operationKind)?.name) return true;
  return !isObjectType(schema.getType(name));
}

async function fetchRoot(fetch: PlannedFetch, walk: Walk, objects: readonly Data[]): Promise<void> {
  if (!objects.length) return;
  const subgraphFetch = walk.fetchCache.root(fetch);
  await subgraphFetch.settled;
  const { data, errors, failure } = subgraphFetch.unchanged;
  for (const error of errors) {
    const { path } = error;
    walk.subgraphErrors.addAnswered(objects, { error, path, data }, fetch.shape);
  }
  if (failure) walk.subgraphErrors.add(objects, [], failure, fetch.shape);
  if (data) mergeIntoAll(objects, data, fetch, walk);
}

async function fetchEntities(fetch: PlannedFetch, walk: Walk, objects: readonly Data[]): Promise<void> {
  const { contextRewrites } = fetch.node;
  if (!contextRewrites?.length) return fetchEntitiesWith(fetch, walk, objects, "");
  // A variable has one value in a request: those below objects with other values are asked for by another.
  const byArguments = Map.groupBy(objects, (object) => {
    const values = contextArguments(contextRewrites, walk.ancestors?.get(object) ?? [], walk.run.dataSchema);
    return membersOf(values);
  });
  await Promise.all(
    [...byArguments].map(([members, those]) => fetchEntitiesWith(fetch, walk, those, members)),
  );
}

function membersOf(values: Data): string {
  return Object.entries(values)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(",");
}

async function fetchEntitiesWith(
  fetch: PlannedFetch,
  walk: Walk,
  objects: readonly Data[],
  members: string,
): Promise<void> {
  const targets = new Map<string, Data[]>();
  for (const object of objects) {
    const representation = representationOf(object, fetch.node, walk.run.dataSchema, walk.run.facts);
    if (!representation) {
      // What cannot be asked for because something before it failed, failed for the same reason.
      walk.subgraphErrors.inherit(object, fetch.shape);
      continue;
    }
    const text = JSON.stringify(representation);
    const known = targets.get(text);
    if (known) known.push(object);
    else targets.set(text, [object]);
  }
  const slots = walk.fetchCache.entities(fetch, [...targets.keys()], members);
  const found = [...targets.values()].map((places, index) => ({ places, slot: slots[index] as Slot }));
  for (const subgraphFetch of new Set(slots.map((slot) => slot.subgraphFetch))) {
    await subgraphFetch.settled;
    mergeEntities(
      subgraphFetch,
      fetch,
      walk,
      found.filter(({ slot }) => slot.subgraphFetch === subgraphFetch),
    );
  }
}

function mergeEntities(
  subgraphFetch: SubgraphFetch,
  fetch: PlannedFetch,
  walk: Walk,
  found: readonly { readonly places: readonly Data[]; readonly slot: Slot }[],
): void {
  const { data, errors, failure } = subgraphFetch.unchanged;
  const everywhere = found.flatMap(({ places }) => places);
  if (failure) walk.subgraphErrors.add(everywhere, [], failure, fetch.shape);
  const entities = entitiesIn(data);
  const placesByIndex = new Map(found.map(({ places, slot }) => [slot.index, places]));
  const shared: FetchError[] = [];
  for (const error of errors) {
    const [field, index, ...path] = error.path;
    const isPlaced = field === "_entities" && typeof index === "number";
    if (!isPlaced) shared.push(error);
    const places = isPlaced ? placesByIndex.get(index) : undefined;
    if (!places) continue;
    const entity = entities[index as number];
    if (isData(entity)) walk.subgraphErrors.addAnswered(places, { error, path, data: entity }, fetch.shape);
    else walk.subgraphErrors.addFatal(places, { error, path }, fetch.shape);
  }
  if (shared.length) walk.subgraphErrors.addShared(everywhere, shared, fetch.shape);
  for (const { places, slot } of found) {
    const entity = entities[slot.index];
    if (isData(entity)) mergeIntoAll(places, entity, fetch, walk);
  }
}

function mergeIntoAll(
  objects: readonly Data[],
  data: Data,
  { node: { outputRewrites }, shape, answeredShape }: PlannedFetch,
  walk: Walk,
): void {
  const { dataSchema: schema, client } = walk.run;
  const merging = { schema, budget: client.budget };
  let renamed = data;
  if (outputRewrites?.length) {
    renamed = copyOf(data, answeredShape, merging);
    applyRewrites(outputRewrites, renamed, schema);
  }
  for (const object of objects) mergeInto(object, renamed, shape, merging);
}
