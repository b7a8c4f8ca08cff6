import { getOperationAST, parse, type SelectionSetNode } from "graphql";
import type { FetchNode } from "@apollo/query-planner";
import { collectFields, mergedSelectionSets } from "#shared/graphql/collectFields.ts";
import { fragmentTable, type FragmentTable } from "#shared/graphql/fragments.ts";

/** The fields a fetch brings, by their names in the merged data, whatever type they are on. */
export type SelectionShape = ReadonlyMap<string, SelectionShape | null>;

/** What this fetch brings to each object it is for: the root, or an entity. */
export function selectionShapeOf(fetch: FetchNode): SelectionShape {
  const renamed = new Map<string, string>();
  for (const rewrite of fetch.outputRewrites ?? []) {
    const last = rewrite.path.at(-1);
    if (rewrite.kind === "KeyRenamer" && last) renamed.set(last, rewrite.renameKeyTo);
  }
  return selectedBy(fetch, renamed);
}

/** The same by the names that the subgraph answers with, before anything of its answer is renamed. */
export function answeredShapeOf(fetch: FetchNode): SelectionShape {
  return selectedBy(fetch, new Map());
}

function selectedBy(fetch: FetchNode, renamed: ReadonlyMap<string, string>): SelectionShape {
  const document = parse(fetch.operation, { noLocation: true });
  const root = getOperationAST(document)?.selectionSet;
  const all = root ? shapeOf([root], fragmentTable(document), renamed) : emptyShape;
  return fetch.requires ? (all.get("_entities") ?? emptyShape) : all;
}

const emptyShape: SelectionShape = new Map();

function shapeOf(
  sets: readonly SelectionSetNode[],
  fragments: FragmentTable,
  renamed: ReadonlyMap<string, string>,
): SelectionShape {
  const shape = new Map<string, SelectionShape | null>();
  const ofAnyType = () => true;
  for (const [key, nodes] of collectFields(sets, fragments, ofAnyType).fields) {
    const name = renamed.get(key) ?? key;
    const inner = mergedSelectionSets(nodes);
    shape.set(name, joined(shape.get(name), inner.length ? shapeOf(inner, fragments, renamed) : null));
  }
  return shape;
}

function joined(one: SelectionShape | null | undefined, other: SelectionShape | null): SelectionShape | null {
  if (!one || !other) return one ?? other;
  const fields = new Map(one);
  for (const [name, inner] of other) fields.set(name, joined(fields.get(name), inner));
  return fields;
}
