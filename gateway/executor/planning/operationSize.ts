import { Kind, type DocumentNode, type SelectionSetNode } from "graphql";
import { fragmentTable } from "#shared/graphql/fragments.ts";

/** Up to how many selections an operation counts as small; on this project's graph it is planned within some 30 ms then. */
const SMALL = 150;

/** Whether the operations of a document have few selections, each fragment counted as often as it is spread. */
export function isSmallOperation(document: DocumentNode): boolean {
  const fragments = fragmentTable(document);
  const known = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const count = known.get(name);
    if (count !== undefined) return count;
    // A fragment that spreads itself is refused before anything is planned.
    known.set(name, 0);
    const set = fragments.get(name)?.selectionSet;
    const found = set ? ofSet(set) : 0;
    known.set(name, found);
    return found;
  };
  const ofSet = ({ selections }: SelectionSetNode): number => {
    let count = selections.length;
    for (const node of selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) count += ofFragment(node.name.value);
      else if (node.selectionSet) count += ofSet(node.selectionSet);
    }
    return count;
  };
  return document.definitions.every(
    (node) => node.kind !== Kind.OPERATION_DEFINITION || ofSet(node.selectionSet) <= SMALL,
  );
}
