import { Kind, parse, type SelectionSetNode } from "graphql";
import type { FetchNode } from "@apollo/query-planner";

/** The fields a fetch brings, by their names in the merged data, whatever type they are on. */
export type SelectionShape = ReadonlyMap<string, SelectionShape | null>;

/** What this fetch brings to each object it is for: the root, or an entity. */
export function selectionShapeOf(fetch: FetchNode): SelectionShape {
  const document = parse(fetch.operation, { noLocation: true });
  const fragments = new Map<string, SelectionSetNode>();
  let root: SelectionSetNode | undefined;
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node.selectionSet);
    if (node.kind === Kind.OPERATION_DEFINITION) root = node.selectionSet;
  }
  const renamed = new Map<string, string>();
  for (const rewrite of fetch.outputRewrites ?? []) {
    const last = rewrite.path.at(-1);
    if (rewrite.kind === "KeyRenamer" && last) renamed.set(last, rewrite.renameKeyTo);
  }
  const all = root ? collect(root, fragments, renamed) : new Map<string, SelectionShape | null>();
  return fetch.requires ? (all.get("_entities") ?? new Map()) : all;
}

function collect(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, SelectionSetNode>,
  renamed: ReadonlyMap<string, string>,
): Map<string, SelectionShape | null> {
  const fields = new Map<string, SelectionShape | null>();
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      const inner = selection.selectionSet ? collect(selection.selectionSet, fragments, renamed) : null;
      fields.set(renamed.get(name) ?? name, joined(fields.get(renamed.get(name) ?? name), inner));
      continue;
    }
    const inside =
      selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value);
    if (!inside) continue;
    for (const [name, inner] of collect(inside, fragments, renamed))
      fields.set(name, joined(fields.get(name), inner));
  }
  return fields;
}

function joined(one: SelectionShape | null | undefined, other: SelectionShape | null): SelectionShape | null {
  if (!one || !other) return one ?? other;
  const fields = new Map(one);
  for (const [name, inner] of other) fields.set(name, joined(fields.get(name), inner));
  return fields;
}
