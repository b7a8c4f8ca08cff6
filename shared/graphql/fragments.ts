import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  type SelectionSetNode,
} from "graphql";

/** The fragments of a document by name. */
export type FragmentTable = ReadonlyMap<string, FragmentDefinitionNode>;

/** The fragments that a document defines. */
export function fragmentTable({ definitions }: DocumentNode): FragmentTable {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  return fragments;
}

/** The fragment that is spread here, or that stands here; undefined for one that nobody defines, which no valid document has. */
export function fragmentOf(
  selection: FragmentSpreadNode | InlineFragmentNode,
  fragments: FragmentTable,
): FragmentDefinitionNode | InlineFragmentNode | undefined {
  return selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
}

/** The fragments that can be reached from these selections, in no order that matters. */
export function reachableFragments(
  set: SelectionSetNode,
  fragments: FragmentTable,
): FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>();
  const pending: SelectionSetNode[] = [set];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const selection of next.selections) {
      if (selection.kind !== Kind.FRAGMENT_SPREAD) {
        if (selection.selectionSet) pending.push(selection.selectionSet);
        continue;
      }
      const fragment = fragments.get(selection.name.value);
      if (!fragment || found.has(fragment.name.value)) continue;
      found.set(fragment.name.value, fragment);
      pending.push(fragment.selectionSet);
    }
  }
  return [...found.values()];
}
