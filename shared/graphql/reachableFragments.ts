import { Kind, type FragmentDefinitionNode, type SelectionSetNode } from "graphql";

/** The fragments that can be reached from these selections, in no order that matters. */
export function reachableFragments(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
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
